using System.Numerics;
using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

internal sealed unsafe partial class X64Generator
{
    private const X64Register Result = X64Register.Rax, Key = X64Register.Rsi, Part = X64Register.Rdx;

    protected override void EmitLookup(int index, MachineMap map)
    {
        EmitCheck(index, MemoryAccess.OfKey(map));
        if (map.Storage is ArrayStorage array)
            EmitArrayLookup(array);
        else
            BindLookupLater(code.CallForward(), map);
        if (!Options.IsChecked)
            return;
        for (Register register = Register.R1; register <= Register.R5; register++)
            code.Clear(Of(register));
    }

    private void EmitArrayLookup(ArrayStorage array)
    {
        code.Load(X64Width.DoubleWord, Result, new X64Address(Key, 0));
        code.Alu(X64Alu.Cmp, false, Result, (int)array.Spec.MaxEntries);
        int outside = code.JumpIfShort(X64Condition.AboveOrEqual);
        if (BitOperations.IsPow2(array.ValueStride))
            code.Shift(X64Shift.Left, true, Result, (byte)BitOperations.Log2((uint)array.ValueStride));
        else
            code.Multiply(true, Result, Result, array.ValueStride);
        code.Move(Scratch, (long)array.Start);
        code.Alu(X64Alu.Add, true, Result, Scratch);
        int done = code.JumpShort();
        code.BindShort(outside);
        code.Clear(Result);
        code.BindShort(done);
    }

    // As HashStorage.TryFind: from the bucket along the chain; a chain that ends in another bucket's mark is begun again.
    protected override void EmitHashLookup(HashStorage map)
    {
        const X64Register Hash = X64Register.R8, Element = X64Register.Rcx, Buckets = X64Register.Rdi, Bucket = Scratch, Headers = Scratch2;
        HashLayout layout = map.Layout!.Value;
        EmitHash(map.KeySize, layout.Seed);
        code.Move(false, Hash, Result);
        code.Alu(X64Alu.And, false, Result, (int)layout.Mask);
        code.Move(false, Bucket, Result);
        code.Move(Buckets, layout.Buckets);
        code.Move(Headers, layout.Headers);
        int again = code.Position;
        code.Load(X64Width.DoubleWord, Element, new X64Address(Buckets, Bucket, 2, 0));
        int first = code.JumpShort();
        int next = code.Position;
        code.Load(X64Width.DoubleWord, Element, new X64Address(Result, ElementPool.NextOffset));
        code.BindShort(first);
        code.Test(false, Element, Element);
        int end = code.JumpIfForward(X64Condition.Sign);
        code.Multiply(true, Result, Element, layout.HeaderStride);
        code.Alu(X64Alu.Add, true, Result, Headers);
        code.Alu(X64Alu.Cmp, false, Hash, new X64Address(Result, ElementPool.HashOffset));
        code.JumpIf(X64Condition.NotEqual, next);
        EmitKeyComparison(map.KeySize, next);
        code.Multiply(true, Result, Element, layout.ValueStride);
        code.Move(Scratch, layout.Values);
        code.Alu(X64Alu.Add, true, Result, Scratch);
        code.Return();
        code.Bind(end, code.Position);
        code.Alu(X64Alu.And, false, Element, int.MaxValue);
        code.Alu(X64Alu.Cmp, false, Element, Bucket);
        code.JumpIf(X64Condition.NotEqual, again);
        code.Clear(Result);
        code.Return();
    }

    private void EmitKeyComparison(int keySize, int next)
    {
        for (int at = 0; at < keySize; at += sizeof(ulong))
        {
            bool wide = keySize - at >= sizeof(ulong);
            code.Load(wide ? X64Width.QuadWord : X64Width.DoubleWord, Part, new X64Address(Key, at));
            code.Alu(X64Alu.Cmp, wide, Part, new X64Address(Result, ElementPool.KeyOffset + at));
            code.JumpIf(X64Condition.NotEqual, next);
        }
    }

    /// <summary>As <see cref="KeyHash.Of"/>: the low half of the result.</summary>
    private void EmitHash(int keySize, ulong seed)
    {
        code.Move(Scratch2, unchecked((long)KeyHash.Second));
        code.Move(Result, unchecked((long)(seed ^ (uint)keySize)));
        int at = 0;
        for (; keySize - at >= sizeof(ulong); at += sizeof(ulong))
        {
            code.Alu(X64Alu.Xor, true, Result, new X64Address(Key, at));
            if (keySize != sizeof(ulong))
                EmitMix();
        }
        if (at < keySize)
        {
            code.Load(X64Width.DoubleWord, Part, new X64Address(Key, at));
            code.Alu(X64Alu.Xor, true, Result, Part);
        }
        EmitMix();
        code.Move(true, Part, Result);
        code.Shift(X64Shift.Right, true, Part, 32);
        code.Alu(X64Alu.Xor, false, Result, Part);
    }

    private void EmitMix()
    {
        code.Move(Scratch, unchecked((long)KeyHash.First));
        code.Alu(X64Alu.Xor, true, Result, Scratch);
        code.MultiplyWide(true, Scratch2);
        code.Alu(X64Alu.Xor, true, Result, Part);
    }
}
