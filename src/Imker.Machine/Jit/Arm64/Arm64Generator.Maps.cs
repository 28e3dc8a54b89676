using Imker.Bytecode;

namespace Imker.Machine.Jit.Arm64;

internal sealed unsafe partial class Arm64Generator
{
    private const Arm64Register Key = Arm64Register.X1;

    protected override void EmitLookup(int index, MachineMap map)
    {
        EmitCheck(index, MemoryAccess.OfKey(map));
        if (map.Storage is ArrayStorage array)
            EmitArrayLookup(array);
        else
            BindLookupLater(code.BranchLink(), map);
        if (!Options.IsChecked)
            return;
        for (Register register = Register.R1; register <= Register.R5; register++)
            code.Move(Of(register), 0);
    }

    private void EmitArrayLookup(ArrayStorage array)
    {
        Arm64Register result = Of(Register.R0);
        code.Load(Arm64Width.Word, result, Key, 0);
        code.Move(Scratch, array.Spec.MaxEntries);
        code.Compare(false, result, Scratch);
        int inside = code.BranchIf(Arm64Condition.UnsignedLess);
        code.Move(result, 0);
        int done = code.Branch();
        code.Bind(inside, code.Position);
        code.Move(Scratch, array.ValueStride);
        code.Multiply(true, result, result, Scratch);
        code.Move(Scratch, (long)array.Start);
        code.Alu(Arm64Alu.Add, true, result, result, Scratch);
        code.Bind(done, code.Position);
    }

    // As HashStorage.TryFind: from the bucket along the chain; a chain that ends in another bucket's mark is begun again.
    protected override void EmitHashLookup(HashStorage map)
    {
        const Arm64Register Hash = Arm64Register.X0, Element = Arm64Register.X2, Buckets = Arm64Register.X3, Bucket = Arm64Register.X4;
        const Arm64Register Headers = Arm64Register.X13, Stride = Arm64Register.X14;
        Arm64Register header = Of(Register.R0);
        HashLayout layout = map.Layout!.Value;
        EmitHash(map.KeySize, layout.Seed, Hash);
        code.Move(Scratch, layout.Mask);
        code.Alu(Arm64Alu.And, false, Bucket, Hash, Scratch);
        code.Move(Buckets, layout.Buckets);
        code.ShiftLeft(true, Scratch2, Bucket, 2);
        code.Alu(Arm64Alu.Add, true, Buckets, Buckets, Scratch2);
        code.Move(Headers, layout.Headers);
        code.Move(Stride, layout.HeaderStride);
        int again = code.Position;
        // The element's contents are read after its number.
        code.LoadAcquire(Arm64Width.Word, Element, Buckets);
        int first = code.Branch();
        int next = code.Position;
        code.LoadAcquire(Arm64Width.Word, Element, header);
        code.Bind(first, code.Position);
        code.TryCompare(false, Element, 0);
        int end = code.BranchIf(Arm64Condition.Negative);
        code.Multiply(true, header, Element, Stride);
        code.Alu(Arm64Alu.Add, true, header, header, Headers);
        code.Load(Arm64Width.Word, Scratch, header, ElementPool.HashOffset);
        code.Compare(false, Scratch, Hash);
        code.BranchIf(Arm64Condition.NotEqual, next);
        for (int at = 0; at < map.KeySize; at += sizeof(ulong))
        {
            Arm64Width width = map.KeySize - at >= sizeof(ulong) ? Arm64Width.DoubleWord : Arm64Width.Word;
            code.Load(width, Scratch, Key, at);
            code.Load(width, Scratch2, header, ElementPool.KeyOffset + at);
            code.Compare(true, Scratch, Scratch2);
            code.BranchIf(Arm64Condition.NotEqual, next);
        }
        code.Move(Scratch, layout.ValueStride);
        code.Multiply(true, header, Element, Scratch);
        code.Move(Scratch, layout.Values);
        code.Alu(Arm64Alu.Add, true, header, header, Scratch);
        code.Return();
        code.Bind(end, code.Position);
        code.ShiftLeft(false, Element, Element, 1);
        code.ShiftRight(false, Element, Element, 1);
        code.Compare(false, Element, Bucket);
        code.BranchIf(Arm64Condition.NotEqual, again);
        code.Move(header, 0);
        code.Return();
    }

    /// <summary>As <see cref="KeyHash.Of"/>: the low half of the result.</summary>
    private void EmitHash(int keySize, ulong seed, Arm64Register hash)
    {
        code.Move(hash, unchecked((long)(seed ^ (uint)keySize)));
        code.Move(Scratch3, unchecked((long)KeyHash.First));
        code.Move(Scratch4, unchecked((long)KeyHash.Second));
        int at = 0;
        for (; keySize - at >= sizeof(ulong); at += sizeof(ulong))
        {
            code.Load(Arm64Width.DoubleWord, Scratch, Key, at);
            code.Alu(Arm64Alu.Xor, true, hash, hash, Scratch);
            if (keySize != sizeof(ulong))
                EmitMix(hash);
        }
        if (at < keySize)
        {
            code.Load(Arm64Width.Word, Scratch, Key, at);
            code.Alu(Arm64Alu.Xor, true, hash, hash, Scratch);
        }
        EmitMix(hash);
        code.ShiftRight(true, Scratch, hash, 32);
        code.Alu(Arm64Alu.Xor, false, hash, hash, Scratch);
    }

    private void EmitMix(Arm64Register hash)
    {
        code.Alu(Arm64Alu.Xor, true, hash, hash, Scratch3);
        code.MultiplyHigh(Scratch, hash, Scratch4);
        code.Multiply(true, hash, hash, Scratch4);
        code.Alu(Arm64Alu.Xor, true, hash, hash, Scratch);
    }
}
