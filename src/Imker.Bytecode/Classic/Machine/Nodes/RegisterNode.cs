namespace Imker.Bytecode.Classic;

/// <summary>Arithmetic, and moves between registers.</summary>
internal sealed class RegisterNode(MachineOperation operation, uint k, MachineNode next) : MachineNode
{
    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length)
    {
        switch (operation)
        {
            case MachineOperation.And: a &= k; break;
            case MachineOperation.ShiftRight: a >>= (int)k; break;
            case MachineOperation.ShiftLeft: a <<= (int)k; break;
            case MachineOperation.Add: a += k; break;
            case MachineOperation.Sub: a -= k; break;
            case MachineOperation.Mul: a *= k; break;
            case MachineOperation.Div: a /= k; break;
            case MachineOperation.Mod: a %= k; break;
            case MachineOperation.Or: a |= k; break;
            case MachineOperation.Xor: a ^= k; break;
            case MachineOperation.AddIndex: a += x; break;
            case MachineOperation.SubIndex: a -= x; break;
            case MachineOperation.MulIndex: a *= x; break;
            case MachineOperation.DivIndex or MachineOperation.ModIndex when x == 0: return 0;
            case MachineOperation.DivIndex: a /= x; break;
            case MachineOperation.ModIndex: a %= x; break;
            case MachineOperation.OrIndex: a |= x; break;
            case MachineOperation.AndIndex: a &= x; break;
            case MachineOperation.XorIndex: a ^= x; break;
            case MachineOperation.ShiftLeftIndex: a <<= (int)x; break;
            case MachineOperation.ShiftRightIndex: a >>= (int)x; break;
            case MachineOperation.Negate: a = 0u - a; break;
            case MachineOperation.LoadImmediate: a = k; break;
            case MachineOperation.LoadLength: a = length; break;
            case MachineOperation.LoadIndexImmediate: x = k; break;
            case MachineOperation.LoadIndexLength: x = length; break;
            case MachineOperation.IndexFromAccumulator: x = a; break;
            case MachineOperation.AccumulatorFromIndex: a = x; break;
        }
        return next.Run(packet, a, x, length);
    }
}
