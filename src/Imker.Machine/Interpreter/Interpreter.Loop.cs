using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Imker.Bytecode;

namespace Imker.Machine;

internal sealed unsafe partial class Interpreter
{
    /// <summary>
    /// Runs from the first of <paramref name="steps"/> until the frame that it starts in returns. A switch dispatches, an arm acts; what is
    /// rare is a call.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Execute<TTrace>(ExecutionState* state, Step* steps, Step* ip)
        where TTrace : struct, ITraceSink
    {
        ulong* r = state->Registers;
        MemoryRegion* read = state->Regions, write = state->Regions;
        int outermost = state->Depth;
        int mayGotoLeft = ExecutionState.MayGotoIterations;
        ulong address;
        while (true)
        {
            if (TTrace.IsEnabled)
                TTrace.OnStep(state, ip, steps);
            switch (ip->Code)
            {
                case StepCode.Add64Constant: r[ip->Dst] += (ulong)ip->Constant; ip++; continue;
                case StepCode.Sub64Constant: r[ip->Dst] -= (ulong)ip->Constant; ip++; continue;
                case StepCode.Mul64Constant: r[ip->Dst] *= (ulong)ip->Constant; ip++; continue;
                case StepCode.Div64Constant: r[ip->Dst] = Arithmetic.Divide(r[ip->Dst], (ulong)ip->Constant); ip++; continue;
                case StepCode.SignedDiv64Constant: r[ip->Dst] = (ulong)Arithmetic.Divide((long)r[ip->Dst], (long)ip->Constant); ip++; continue;
                case StepCode.Mod64Constant: r[ip->Dst] = Arithmetic.Remainder(r[ip->Dst], (ulong)ip->Constant); ip++; continue;
                case StepCode.SignedMod64Constant: r[ip->Dst] = (ulong)Arithmetic.Remainder((long)r[ip->Dst], (long)ip->Constant); ip++; continue;
                case StepCode.Or64Constant: r[ip->Dst] |= (ulong)ip->Constant; ip++; continue;
                case StepCode.And64Constant: r[ip->Dst] &= (ulong)ip->Constant; ip++; continue;
                case StepCode.Xor64Constant: r[ip->Dst] ^= (ulong)ip->Constant; ip++; continue;
                case StepCode.ShiftLeft64Constant: r[ip->Dst] <<= (int)ip->Constant; ip++; continue;
                case StepCode.ShiftRight64Constant: r[ip->Dst] >>= (int)ip->Constant; ip++; continue;
                case StepCode.ShiftRightSigned64Constant: r[ip->Dst] = (ulong)((long)r[ip->Dst] >> (int)ip->Constant); ip++; continue;
                case StepCode.Move64Constant: r[ip->Dst] = (ulong)ip->Constant; ip++; continue;
                case StepCode.Add64Register: r[ip->Dst] += r[ip->Src]; ip++; continue;
                case StepCode.Sub64Register: r[ip->Dst] -= r[ip->Src]; ip++; continue;
                case StepCode.Mul64Register: r[ip->Dst] *= r[ip->Src]; ip++; continue;
                case StepCode.Div64Register: r[ip->Dst] = Arithmetic.Divide(r[ip->Dst], r[ip->Src]); ip++; continue;
                case StepCode.SignedDiv64Register: r[ip->Dst] = (ulong)Arithmetic.Divide((long)r[ip->Dst], (long)r[ip->Src]); ip++; continue;
                case StepCode.Mod64Register: r[ip->Dst] = Arithmetic.Remainder(r[ip->Dst], r[ip->Src]); ip++; continue;
                case StepCode.SignedMod64Register: r[ip->Dst] = (ulong)Arithmetic.Remainder((long)r[ip->Dst], (long)r[ip->Src]); ip++; continue;
                case StepCode.Or64Register: r[ip->Dst] |= r[ip->Src]; ip++; continue;
                case StepCode.And64Register: r[ip->Dst] &= r[ip->Src]; ip++; continue;
                case StepCode.Xor64Register: r[ip->Dst] ^= r[ip->Src]; ip++; continue;
                case StepCode.ShiftLeft64Register: r[ip->Dst] <<= (int)r[ip->Src]; ip++; continue;
                case StepCode.ShiftRight64Register: r[ip->Dst] >>= (int)r[ip->Src]; ip++; continue;
                case StepCode.ShiftRightSigned64Register: r[ip->Dst] = (ulong)((long)r[ip->Dst] >> (int)r[ip->Src]); ip++; continue;
                case StepCode.Move64Register: r[ip->Dst] = r[ip->Src]; ip++; continue;
                case StepCode.Add32Constant: r[ip->Dst] = (uint)r[ip->Dst] + (uint)ip->Constant; ip++; continue;
                case StepCode.Sub32Constant: r[ip->Dst] = (uint)r[ip->Dst] - (uint)ip->Constant; ip++; continue;
                case StepCode.Mul32Constant: r[ip->Dst] = (uint)r[ip->Dst] * (uint)ip->Constant; ip++; continue;
                case StepCode.Div32Constant: r[ip->Dst] = Arithmetic.Divide((uint)r[ip->Dst], (uint)ip->Constant); ip++; continue;
                case StepCode.SignedDiv32Constant: r[ip->Dst] = (uint)Arithmetic.Divide((int)r[ip->Dst], (int)ip->Constant); ip++; continue;
                case StepCode.Mod32Constant: r[ip->Dst] = Arithmetic.Remainder((uint)r[ip->Dst], (uint)ip->Constant); ip++; continue;
                case StepCode.SignedMod32Constant: r[ip->Dst] = (uint)Arithmetic.Remainder((int)r[ip->Dst], (int)ip->Constant); ip++; continue;
                case StepCode.Or32Constant: r[ip->Dst] = (uint)r[ip->Dst] | (uint)ip->Constant; ip++; continue;
                case StepCode.And32Constant: r[ip->Dst] = (uint)r[ip->Dst] & (uint)ip->Constant; ip++; continue;
                case StepCode.Xor32Constant: r[ip->Dst] = (uint)r[ip->Dst] ^ (uint)ip->Constant; ip++; continue;
                case StepCode.ShiftLeft32Constant: r[ip->Dst] = (uint)r[ip->Dst] << (int)ip->Constant; ip++; continue;
                case StepCode.ShiftRight32Constant: r[ip->Dst] = (uint)r[ip->Dst] >> (int)ip->Constant; ip++; continue;
                case StepCode.ShiftRightSigned32Constant: r[ip->Dst] = (uint)((int)r[ip->Dst] >> (int)ip->Constant); ip++; continue;
                case StepCode.Move32Constant: r[ip->Dst] = (uint)ip->Constant; ip++; continue;
                case StepCode.Add32Register: r[ip->Dst] = (uint)r[ip->Dst] + (uint)r[ip->Src]; ip++; continue;
                case StepCode.Sub32Register: r[ip->Dst] = (uint)r[ip->Dst] - (uint)r[ip->Src]; ip++; continue;
                case StepCode.Mul32Register: r[ip->Dst] = (uint)r[ip->Dst] * (uint)r[ip->Src]; ip++; continue;
                case StepCode.Div32Register: r[ip->Dst] = Arithmetic.Divide((uint)r[ip->Dst], (uint)r[ip->Src]); ip++; continue;
                case StepCode.SignedDiv32Register: r[ip->Dst] = (uint)Arithmetic.Divide((int)r[ip->Dst], (int)r[ip->Src]); ip++; continue;
                case StepCode.Mod32Register: r[ip->Dst] = Arithmetic.Remainder((uint)r[ip->Dst], (uint)r[ip->Src]); ip++; continue;
                case StepCode.SignedMod32Register: r[ip->Dst] = (uint)Arithmetic.Remainder((int)r[ip->Dst], (int)r[ip->Src]); ip++; continue;
                case StepCode.Or32Register: r[ip->Dst] = (uint)r[ip->Dst] | (uint)r[ip->Src]; ip++; continue;
                case StepCode.And32Register: r[ip->Dst] = (uint)r[ip->Dst] & (uint)r[ip->Src]; ip++; continue;
                case StepCode.Xor32Register: r[ip->Dst] = (uint)r[ip->Dst] ^ (uint)r[ip->Src]; ip++; continue;
                case StepCode.ShiftLeft32Register: r[ip->Dst] = (uint)r[ip->Dst] << (int)r[ip->Src]; ip++; continue;
                case StepCode.ShiftRight32Register: r[ip->Dst] = (uint)r[ip->Dst] >> (int)r[ip->Src]; ip++; continue;
                case StepCode.ShiftRightSigned32Register: r[ip->Dst] = (uint)((int)r[ip->Dst] >> (int)r[ip->Src]); ip++; continue;
                case StepCode.Move32Register: r[ip->Dst] = (uint)r[ip->Src]; ip++; continue;
                case StepCode.Negate64: r[ip->Dst] = 0 - r[ip->Dst]; ip++; continue;
                case StepCode.Negate32: r[ip->Dst] = 0 - (uint)r[ip->Dst]; ip++; continue;
                case StepCode.Move64From8: r[ip->Dst] = (ulong)(sbyte)r[ip->Src]; ip++; continue;
                case StepCode.Move64From16: r[ip->Dst] = (ulong)(short)r[ip->Src]; ip++; continue;
                case StepCode.Move64From32: r[ip->Dst] = (ulong)(int)r[ip->Src]; ip++; continue;
                case StepCode.Move32From8: r[ip->Dst] = (uint)(sbyte)r[ip->Src]; ip++; continue;
                case StepCode.Move32From16: r[ip->Dst] = (uint)(short)r[ip->Src]; ip++; continue;
                case StepCode.Truncate16: r[ip->Dst] = (ushort)r[ip->Dst]; ip++; continue;
                case StepCode.Truncate32: r[ip->Dst] = (uint)r[ip->Dst]; ip++; continue;
                case StepCode.Swap16: r[ip->Dst] = BinaryPrimitives.ReverseEndianness((ushort)r[ip->Dst]); ip++; continue;
                case StepCode.Swap32: r[ip->Dst] = BinaryPrimitives.ReverseEndianness((uint)r[ip->Dst]); ip++; continue;
                case StepCode.Swap64: r[ip->Dst] = BinaryPrimitives.ReverseEndianness(r[ip->Dst]); ip++; continue;
                case StepCode.Nothing: ip++; continue;
                case StepCode.Jump: goto Taken;
                case StepCode.MayGoto: if (mayGotoLeft == 0) goto Taken; mayGotoLeft--; ip++; continue;
                case StepCode.IfEqual64Constant: if (r[ip->Dst] == (ulong)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfNotEqual64Constant: if (r[ip->Dst] != (ulong)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfGreater64Constant: if (r[ip->Dst] > (ulong)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfGreaterOrEqual64Constant: if (r[ip->Dst] >= (ulong)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfLess64Constant: if (r[ip->Dst] < (ulong)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfLessOrEqual64Constant: if (r[ip->Dst] <= (ulong)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfSignedGreater64Constant: if ((long)r[ip->Dst] > ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfSignedGreaterOrEqual64Constant: if ((long)r[ip->Dst] >= ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfSignedLess64Constant: if ((long)r[ip->Dst] < ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfSignedLessOrEqual64Constant: if ((long)r[ip->Dst] <= ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfBitsSet64Constant: if ((r[ip->Dst] & (ulong)ip->Constant) != 0) goto Taken; ip++; continue;
                case StepCode.IfEqual64Register: if (r[ip->Dst] == r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfNotEqual64Register: if (r[ip->Dst] != r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfGreater64Register: if (r[ip->Dst] > r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfGreaterOrEqual64Register: if (r[ip->Dst] >= r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfLess64Register: if (r[ip->Dst] < r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfLessOrEqual64Register: if (r[ip->Dst] <= r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfSignedGreater64Register: if ((long)r[ip->Dst] > (long)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfSignedGreaterOrEqual64Register: if ((long)r[ip->Dst] >= (long)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfSignedLess64Register: if ((long)r[ip->Dst] < (long)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfSignedLessOrEqual64Register: if ((long)r[ip->Dst] <= (long)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfBitsSet64Register: if ((r[ip->Dst] & r[ip->Src]) != 0) goto Taken; ip++; continue;
                case StepCode.IfEqual32Constant: if ((uint)r[ip->Dst] == (uint)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfNotEqual32Constant: if ((uint)r[ip->Dst] != (uint)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfGreater32Constant: if ((uint)r[ip->Dst] > (uint)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfGreaterOrEqual32Constant: if ((uint)r[ip->Dst] >= (uint)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfLess32Constant: if ((uint)r[ip->Dst] < (uint)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfLessOrEqual32Constant: if ((uint)r[ip->Dst] <= (uint)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfSignedGreater32Constant: if ((int)r[ip->Dst] > (int)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfSignedGreaterOrEqual32Constant: if ((int)r[ip->Dst] >= (int)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfSignedLess32Constant: if ((int)r[ip->Dst] < (int)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfSignedLessOrEqual32Constant: if ((int)r[ip->Dst] <= (int)ip->Constant) goto Taken; ip++; continue;
                case StepCode.IfBitsSet32Constant: if (((uint)r[ip->Dst] & (uint)ip->Constant) != 0) goto Taken; ip++; continue;
                case StepCode.IfEqual32Register: if ((uint)r[ip->Dst] == (uint)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfNotEqual32Register: if ((uint)r[ip->Dst] != (uint)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfGreater32Register: if ((uint)r[ip->Dst] > (uint)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfGreaterOrEqual32Register: if ((uint)r[ip->Dst] >= (uint)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfLess32Register: if ((uint)r[ip->Dst] < (uint)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfLessOrEqual32Register: if ((uint)r[ip->Dst] <= (uint)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfSignedGreater32Register: if ((int)r[ip->Dst] > (int)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfSignedGreaterOrEqual32Register: if ((int)r[ip->Dst] >= (int)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfSignedLess32Register: if ((int)r[ip->Dst] < (int)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfSignedLessOrEqual32Register: if ((int)r[ip->Dst] <= (int)r[ip->Src]) goto Taken; ip++; continue;
                case StepCode.IfBitsSet32Register: if (((uint)r[ip->Dst] & (uint)r[ip->Src]) != 0) goto Taken; ip++; continue;
                case StepCode.LoadConstant: r[ip->Dst] = (ulong)ip->Constant; ip += 2; continue;
                case StepCode.Load8:
                    address = r[ip->Src] + (ulong)ip->Offset;
                    if (!Covers(read, address, 1) && (read = RegionLookup.Find(state, address, 1)) == null) goto Fault;
                    r[ip->Dst] = *(byte*)address; ip++; continue;
                case StepCode.Load16:
                    address = r[ip->Src] + (ulong)ip->Offset;
                    if (!Covers(read, address, 2) && (read = RegionLookup.Find(state, address, 2)) == null) goto Fault;
                    r[ip->Dst] = *(ushort*)address; ip++; continue;
                case StepCode.Load32:
                    address = r[ip->Src] + (ulong)ip->Offset;
                    if (!Covers(read, address, 4) && (read = RegionLookup.Find(state, address, 4)) == null) goto Fault;
                    r[ip->Dst] = *(uint*)address; ip++; continue;
                case StepCode.Load64:
                    address = r[ip->Src] + (ulong)ip->Offset;
                    if (!Covers(read, address, 8) && (read = RegionLookup.Find(state, address, 8)) == null) goto Fault;
                    r[ip->Dst] = *(ulong*)address; ip++; continue;
                case StepCode.LoadSigned8:
                    address = r[ip->Src] + (ulong)ip->Offset;
                    if (!Covers(read, address, 1) && (read = RegionLookup.Find(state, address, 1)) == null) goto Fault;
                    r[ip->Dst] = (ulong)(long)*(sbyte*)address; ip++; continue;
                case StepCode.LoadSigned16:
                    address = r[ip->Src] + (ulong)ip->Offset;
                    if (!Covers(read, address, 2) && (read = RegionLookup.Find(state, address, 2)) == null) goto Fault;
                    r[ip->Dst] = (ulong)(long)*(short*)address; ip++; continue;
                case StepCode.LoadSigned32:
                    address = r[ip->Src] + (ulong)ip->Offset;
                    if (!Covers(read, address, 4) && (read = RegionLookup.Find(state, address, 4)) == null) goto Fault;
                    r[ip->Dst] = (ulong)(long)*(int*)address; ip++; continue;
                case StepCode.LoadFrame8: r[ip->Dst] = *(byte*)(r[10] + (ulong)ip->Offset); ip++; continue;
                case StepCode.LoadFrame16: r[ip->Dst] = *(ushort*)(r[10] + (ulong)ip->Offset); ip++; continue;
                case StepCode.LoadFrame32: r[ip->Dst] = *(uint*)(r[10] + (ulong)ip->Offset); ip++; continue;
                case StepCode.LoadFrame64: r[ip->Dst] = *(ulong*)(r[10] + (ulong)ip->Offset); ip++; continue;
                case StepCode.Store8:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!Covers(write, address, 1) && (write = RegionLookup.Find(state, address, 1 | ExecutionState.WriteFlag)) == null) goto Fault;
                    *(byte*)address = (byte)r[ip->Src]; ip++; continue;
                case StepCode.Store16:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!Covers(write, address, 2) && (write = RegionLookup.Find(state, address, 2 | ExecutionState.WriteFlag)) == null) goto Fault;
                    *(ushort*)address = (ushort)r[ip->Src]; ip++; continue;
                case StepCode.Store32:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!Covers(write, address, 4) && (write = RegionLookup.Find(state, address, 4 | ExecutionState.WriteFlag)) == null) goto Fault;
                    *(uint*)address = (uint)r[ip->Src]; ip++; continue;
                case StepCode.Store64:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!Covers(write, address, 8) && (write = RegionLookup.Find(state, address, 8 | ExecutionState.WriteFlag)) == null) goto Fault;
                    *(ulong*)address = r[ip->Src]; ip++; continue;
                case StepCode.StoreConstant8:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!Covers(write, address, 1) && (write = RegionLookup.Find(state, address, 1 | ExecutionState.WriteFlag)) == null) goto Fault;
                    *(byte*)address = (byte)ip->Constant; ip++; continue;
                case StepCode.StoreConstant16:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!Covers(write, address, 2) && (write = RegionLookup.Find(state, address, 2 | ExecutionState.WriteFlag)) == null) goto Fault;
                    *(ushort*)address = (ushort)ip->Constant; ip++; continue;
                case StepCode.StoreConstant32:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!Covers(write, address, 4) && (write = RegionLookup.Find(state, address, 4 | ExecutionState.WriteFlag)) == null) goto Fault;
                    *(uint*)address = (uint)ip->Constant; ip++; continue;
                case StepCode.StoreConstant64:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!Covers(write, address, 8) && (write = RegionLookup.Find(state, address, 8 | ExecutionState.WriteFlag)) == null) goto Fault;
                    *(ulong*)address = (ulong)ip->Constant; ip++; continue;
                case StepCode.StoreFrame8: *(byte*)(r[10] + (ulong)ip->Offset) = (byte)r[ip->Src]; ip++; continue;
                case StepCode.StoreFrame16: *(ushort*)(r[10] + (ulong)ip->Offset) = (ushort)r[ip->Src]; ip++; continue;
                case StepCode.StoreFrame32: *(uint*)(r[10] + (ulong)ip->Offset) = (uint)r[ip->Src]; ip++; continue;
                case StepCode.StoreFrame64: *(ulong*)(r[10] + (ulong)ip->Offset) = r[ip->Src]; ip++; continue;
                case StepCode.StoreFrameConstant8: *(byte*)(r[10] + (ulong)ip->Offset) = (byte)ip->Constant; ip++; continue;
                case StepCode.StoreFrameConstant16: *(ushort*)(r[10] + (ulong)ip->Offset) = (ushort)ip->Constant; ip++; continue;
                case StepCode.StoreFrameConstant32: *(uint*)(r[10] + (ulong)ip->Offset) = (uint)ip->Constant; ip++; continue;
                case StepCode.StoreFrameConstant64: *(ulong*)(r[10] + (ulong)ip->Offset) = (ulong)ip->Constant; ip++; continue;
                case StepCode.LoadAcquire8:
                    address = r[ip->Src] + (ulong)ip->Offset;
                    if (!RegionLookup.IsAligned(state, address, 1) || (read = RegionLookup.Find(state, address, 1)) == null) goto Fault;
                    r[ip->Dst] = Volatile.Read(ref *(byte*)address); ip++; continue;
                case StepCode.LoadAcquire16:
                    address = r[ip->Src] + (ulong)ip->Offset;
                    if (!RegionLookup.IsAligned(state, address, 2) || (read = RegionLookup.Find(state, address, 2)) == null) goto Fault;
                    r[ip->Dst] = Volatile.Read(ref *(ushort*)address); ip++; continue;
                case StepCode.LoadAcquire32:
                    address = r[ip->Src] + (ulong)ip->Offset;
                    if (!RegionLookup.IsAligned(state, address, 4) || (read = RegionLookup.Find(state, address, 4)) == null) goto Fault;
                    r[ip->Dst] = Volatile.Read(ref *(uint*)address); ip++; continue;
                case StepCode.LoadAcquire64:
                    address = r[ip->Src] + (ulong)ip->Offset;
                    if (!RegionLookup.IsAligned(state, address, 8) || (read = RegionLookup.Find(state, address, 8)) == null) goto Fault;
                    r[ip->Dst] = Volatile.Read(ref *(ulong*)address); ip++; continue;
                case StepCode.StoreRelease8:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!RegionLookup.IsAligned(state, address, 1 | ExecutionState.WriteFlag) || (write = RegionLookup.Find(state, address, 1 | ExecutionState.WriteFlag)) == null) goto Fault;
                    Volatile.Write(ref *(byte*)address, (byte)r[ip->Src]); ip++; continue;
                case StepCode.StoreRelease16:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!RegionLookup.IsAligned(state, address, 2 | ExecutionState.WriteFlag) || (write = RegionLookup.Find(state, address, 2 | ExecutionState.WriteFlag)) == null) goto Fault;
                    Volatile.Write(ref *(ushort*)address, (ushort)r[ip->Src]); ip++; continue;
                case StepCode.StoreRelease32:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!RegionLookup.IsAligned(state, address, 4 | ExecutionState.WriteFlag) || (write = RegionLookup.Find(state, address, 4 | ExecutionState.WriteFlag)) == null) goto Fault;
                    Volatile.Write(ref *(uint*)address, (uint)r[ip->Src]); ip++; continue;
                case StepCode.StoreRelease64:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!RegionLookup.IsAligned(state, address, 8 | ExecutionState.WriteFlag) || (write = RegionLookup.Find(state, address, 8 | ExecutionState.WriteFlag)) == null) goto Fault;
                    Volatile.Write(ref *(ulong*)address, r[ip->Src]); ip++; continue;
                case StepCode.Atomic32:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!RegionLookup.IsAligned(state, address, 4 | ExecutionState.WriteFlag) || (write = RegionLookup.Find(state, address, 4 | ExecutionState.WriteFlag)) == null) goto Fault;
                    AtomicAccess.Apply32((AtomicOperation)ip->Constant, (uint*)address, ref r[ip->Src], ref r[0]); ip++; continue;
                case StepCode.Atomic64:
                    address = r[ip->Dst] + (ulong)ip->Offset;
                    if (!RegionLookup.IsAligned(state, address, 8 | ExecutionState.WriteFlag) || (write = RegionLookup.Find(state, address, 8 | ExecutionState.WriteFlag)) == null) goto Fault;
                    AtomicAccess.Apply64((AtomicOperation)ip->Constant, (ulong*)address, ref r[ip->Src], ref r[0]); ip++; continue;
                case StepCode.PacketAbsolute:
                    if (!RegionLookup.TryLoadPacket(state, (uint)ip->Constant, ip->Offset)) goto Return;
                    ip++; continue;
                case StepCode.PacketIndirect:
                    if (!RegionLookup.TryLoadPacket(state, (uint)r[ip->Src] + (uint)ip->Constant, ip->Offset)) goto Return;
                    ip++; continue;
                case StepCode.CallNumberedHelper:
                    state->HelperNumber = ip->Offset;
                    goto case StepCode.CallHelper;
                case StepCode.CallHelper:
                    r[0] = ((delegate*<ulong, ulong, ulong, ulong, ulong, ExecutionState*, ulong>)ip->Constant)(r[1], r[2], r[3], r[4], r[5], state);
                    goto BehindHelper;
                case StepCode.CallRegister:
                    if (FindCallee(state, steps, r[ip->Dst]) is var callee && callee > 0) { address = (ulong)callee; goto Call; }
                    goto BehindHelper;
                case StepCode.CallFunction:
                    address = (ulong)(ip + ip->Offset - steps);
                    goto Call;
                case StepCode.TailCall:
                    if (!TryTailCall(state, out Step* other)) goto BehindHelper;
                    ip = steps = other;
                    continue;
                case StepCode.Exit:
                    goto Return;
                default:
                    throw new InvalidOperationException($"The step {(int)ip->Code} is none.");
            }
        Taken:
            // The jump's distance in steps from itself; one that does not go forward costs what it goes over.
            if (ip->Offset <= 0 && (state->Budget += ip->Offset - 1) < 0)
            {
                state->Fault = FaultKind.OutOfBudget;
                goto Fault;
            }
            ip += ip->Offset;
            continue;
        Call:
            if (!TryEnter(state, steps, ip, (int)address, mayGotoLeft))
                goto Fault;
            ip = steps + address;
            mayGotoLeft = ExecutionState.MayGotoIterations;
            continue;
        BehindHelper:
            if (state->Fault != FaultKind.None)
                goto Fault;
            r[1] = r[2] = r[3] = r[4] = r[5] = 0;
            read = write = state->Regions;
            ip++;
            continue;
        Return:
            if (state->Depth == outermost)
                return r[0];
            ip = Leave(state, ref steps, out mayGotoLeft);
            continue;
        Fault:
            NoteFault(state, steps, ip);
            return 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Covers(MemoryRegion* region, ulong address, uint size)
    {
        ulong offset = address - region->Start;
        return offset < region->Length && size <= region->Length - offset;
    }
}
