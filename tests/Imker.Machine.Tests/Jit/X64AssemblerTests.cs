using Iced.Intel;
using Imker.Machine.Jit.X64;
using static Imker.Machine.Jit.X64.X64Register;
using Assembler = Imker.Machine.Jit.X64.X64Assembler;

namespace Imker.Machine.Tests.Jit;

/// <summary>What the assembler writes is read by a disassembler that knows nothing of it.</summary>
public sealed class X64AssemblerTests
{
    private static readonly X64Register[] All = Enum.GetValues<X64Register>();

    private static readonly (string Text, Action<Assembler> Emit)[] Forms =
    [
        ("mov rax,r15", a => a.Move(true, Rax, R15)),
        ("mov r9d,edi", a => a.Move(false, R9, Rdi)),
        ("mov eax,7Bh", a => a.Move(Rax, 123)),
        ("mov r11d,80000000h", a => a.Move(R11, 0x80000000)),
        ("mov r10,0FFFFFFFFFFFFFFFFh", a => a.Move(R10, -1)),
        ("mov rbx,123456789ABCDEFh", a => a.Move(Rbx, 0x123456789abcdef)),
        ("mov rcx,1", a => a.MoveWide(Rcx, 1)),
        ("xor r8d,r8d", a => a.Clear(R8)),
        ("cmova r10,r11", a => a.ConditionalMove(X64Condition.Above, true, R10, R11)),
        ("add rdi,rsi", a => a.Alu(X64Alu.Add, true, Rdi, Rsi)),
        ("or r13d,eax", a => a.Alu(X64Alu.Or, false, R13, Rax)),
        ("and rdx,0FFFFFFFFFFFFFFF0h", a => a.Alu(X64Alu.And, true, Rdx, -16)),
        ("sub r14,12345678h", a => a.Alu(X64Alu.Sub, true, R14, 0x12345678)),
        ("xor ebx,7Fh", a => a.Alu(X64Alu.Xor, false, Rbx, 127)),
        ("cmp rax,[r12+60h]", a => a.Alu(X64Alu.Cmp, true, Rax, new X64Address(R12, 0x60))),
        ("sub r10,[r11]", a => a.Alu(X64Alu.Sub, true, R10, new X64Address(R11, 0))),
        ("cmp dword [r12+70h],0", a => a.Alu(X64Alu.Cmp, false, new X64Address(R12, 0x70), 0)),
        ("sub qword [rsp],1", a => a.Alu(X64Alu.Sub, true, new X64Address(Rsp, 0), 1)),
        ("add qword [rbp],12345h", a => a.Alu(X64Alu.Add, true, new X64Address(Rbp, 0), 0x12345)),
        ("test rax,rbx", a => a.Test(true, Rax, Rbx)),
        ("test r8d,80h", a => a.Test(false, R8, 0x80)),
        ("test byte [r11+10h],2", a => a.TestByte(new X64Address(R11, 16), 2)),
        ("not rdx", a => a.Not(true, Rdx)),
        ("neg r15d", a => a.Negate(false, R15)),
        ("mul r10", a => a.MultiplyWide(true, R10)),
        ("div rcx", a => a.Divide(true, Rcx)),
        ("idiv r8d", a => a.DivideSigned(false, R8)),
        ("cqo", a => a.SignIntoRdx(true)),
        ("cdq", a => a.SignIntoRdx(false)),
        ("imul r13,rdi", a => a.Multiply(true, R13, Rdi)),
        ("imul eax,ecx,64h", a => a.Multiply(false, Rax, Rcx, 100)),
        ("imul r9,r10,3E8h", a => a.Multiply(true, R9, R10, 1000)),
        ("shl rsi,0Dh", a => a.Shift(X64Shift.Left, true, Rsi, 13)),
        ("sar r14d,5", a => a.Shift(X64Shift.ArithmeticRight, false, R14, 5)),
        ("shr rbp,cl", a => a.ShiftByCl(X64Shift.Right, true, Rbp)),
        ("shlx rax,rbx,rcx", a => a.ShiftBy(X64Shift.Left, true, Rax, Rbx, Rcx)),
        ("shrx r8d,r9d,r15d", a => a.ShiftBy(X64Shift.Right, false, R8, R9, R15)),
        ("sarx r13,rdi,r8", a => a.ShiftBy(X64Shift.ArithmeticRight, true, R13, Rdi, R8)),
        ("rol r8w,8", a => a.SwapLowBytes(R8)),
        ("bswap ecx", a => a.ByteSwap(false, Rcx)),
        ("bswap r15", a => a.ByteSwap(true, R15)),
        ("movzx eax,dil", a => a.ZeroExtend(X64Width.Byte, Rax, Rdi)),
        ("movzx r9d,r8w", a => a.ZeroExtend(X64Width.Word, R9, R8)),
        ("mov eax,eax", a => a.ZeroExtend(X64Width.DoubleWord, Rax, Rax)),
        ("movsx rax,bpl", a => a.SignExtend(X64Width.Byte, true, Rax, Rbp)),
        ("movsx ecx,dx", a => a.SignExtend(X64Width.Word, false, Rcx, Rdx)),
        ("movsxd r10,ebx", a => a.SignExtend(X64Width.DoubleWord, true, R10, Rbx)),
        ("movzx eax,byte [r13]", a => a.Load(X64Width.Byte, Rax, new X64Address(R13, 0))),
        ("movzx r8d,word [rdi-2]", a => a.Load(X64Width.Word, R8, new X64Address(Rdi, -2))),
        ("mov ecx,[rsp+100h]", a => a.Load(X64Width.DoubleWord, Rcx, new X64Address(Rsp, 256))),
        ("mov r15,[rax+rcx*8+7Fh]", a => a.Load(X64Width.QuadWord, R15, new X64Address(Rax, Rcx, 3, 127))),
        ("mov rax,[r13+r12]", a => a.Load(X64Width.QuadWord, Rax, new X64Address(R13, R12, 0, 0))),
        ("movsx r9,byte [rsi+1]", a => a.LoadSigned(X64Width.Byte, R9, new X64Address(Rsi, 1))),
        ("movsx rax,word [rbx]", a => a.LoadSigned(X64Width.Word, Rax, new X64Address(Rbx, 0))),
        ("movsxd rdx,[r12]", a => a.LoadSigned(X64Width.DoubleWord, Rdx, new X64Address(R12, 0))),
        ("mov [rdx],sil", a => a.Store(X64Width.Byte, new X64Address(Rdx, 0), Rsi)),
        ("mov [r9+80h],r10w", a => a.Store(X64Width.Word, new X64Address(R9, 128), R10)),
        ("mov [rbp-4],eax", a => a.Store(X64Width.DoubleWord, new X64Address(Rbp, -4), Rax)),
        ("mov [r12+58h],r9", a => a.Store(X64Width.QuadWord, new X64Address(R12, 0x58), R9)),
        ("mov byte [rax],0FFh", a => a.Store(X64Width.Byte, new X64Address(Rax, 0), -1)),
        ("mov word [r8],1234h", a => a.Store(X64Width.Word, new X64Address(R8, 0), 0x1234)),
        ("mov dword [rbx+4],80000000h", a => a.Store(X64Width.DoubleWord, new X64Address(Rbx, 4), int.MinValue)),
        ("mov qword [rbp-200h],0FFFFFFFFFFFFFFFFh", a => a.Store(X64Width.QuadWord, new X64Address(Rbp, -512), -1)),
        ("lea rdi,[rbp-8]", a => a.LoadAddress(true, Rdi, new X64Address(Rbp, -8))),
        ("push r12", a => a.Push(R12)),
        ("pop rbp", a => a.Pop(Rbp)),
        ("push qword [r12+0D0h]", a => a.Push(new X64Address(R12, 208))),
        ("pop qword [r12+0D0h]", a => a.Pop(new X64Address(R12, 208))),
        ("lock add [rdi+8],rsi", a => a.LockedAlu(X64Alu.Add, true, new X64Address(Rdi, 8), Rsi)),
        ("lock xor [r14],eax", a => a.LockedAlu(X64Alu.Xor, false, new X64Address(R14, 0), Rax)),
        ("lock xadd [rax],r15", a => a.LockedExchangeAdd(true, new X64Address(Rax, 0), R15)),
        ("lock cmpxchg [r8+4],ecx", a => a.LockedCompareExchange(false, new X64Address(R8, 4), Rcx)),
        ("xchg rdx,[r13]", a => a.Exchange(true, new X64Address(R13, 0), Rdx)),
        ("call rax", a => a.Call(Rax)),
        ("call r11", a => a.Call(R11)),
        ("call qword [r12+90h]", a => a.Call(new X64Address(R12, 0x90))),
        ("ret", a => a.Return()),
        ("xorps xmm0,xmm0", a => a.ClearVector()),
        ("movups [rbp-200h],xmm0", a => a.StoreVector(new X64Address(Rbp, -512))),
        ("jne near 0000000000001006h", a => a.Bind(a.JumpIfForward(X64Condition.NotEqual), a.Position)),
        ("jmp 0000000000001005h", a => a.Bind(a.JumpForward(), a.Position)),
        ("call 0000000000001005h", a => a.Bind(a.CallForward(), a.Position)),
        ("ja short 0000000000001002h", a => a.BindShort(a.JumpIfShort(X64Condition.Above))),
        ("jmp short 0000000000001000h", a => a.Jump(0)),
        ("jl short 0000000000001000h", a => a.JumpIf(X64Condition.Less, 0)),
    ];

    public static TheoryData<int> FormNumbers => [.. Enumerable.Range(0, Forms.Length)];

    [Theory]
    [MemberData(nameof(FormNumbers))]
    public void A_form_is_what_the_disassembler_reads(int number) => Assert.Equal(Forms[number].Text, Disassemble(Forms[number].Emit));

    [Fact]
    public void Every_register_can_be_each_operand()
    {
        foreach (X64Register left in All)
        {
            foreach (X64Register right in All)
            {
                Assert.Equal($"mov {Name(left)},{Name(right)}", Disassemble(a => a.Move(true, left, right)));
                Assert.Equal($"mov [{Name(left)}+40h],{Name(right)}", Disassemble(a => a.Store(X64Width.QuadWord, new X64Address(left, 64), right)));
                Assert.Equal($"shlx {Name(left)},{Name(left)},{Name(right)}", Disassemble(a => a.ShiftBy(X64Shift.Left, true, left, left, right)));
                if (right != Rsp)
                    Assert.Equal($"mov rax,[{Name(left)}+{Name(right)}*2+8]", Disassemble(a => a.Load(X64Width.QuadWord, Rax, new X64Address(left, right, 1, 8))));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(127)]
    [InlineData(-128)]
    [InlineData(128)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(uint.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Any_number_is_moved_whole(long number)
    {
        Instruction instruction = Decode(a => a.Move(R10, number));
        ulong moved = instruction.OpCount == 2 && instruction.Op0Register == Register.R10D ? instruction.Immediate32 : instruction.GetImmediate(1);
        Assert.Equal((ulong)number, moved);
    }

    [Fact]
    public void A_jump_back_is_long_where_it_has_to_be()
    {
        using var assembler = new Assembler(4096);
        for (int i = 0; i < 200; i++)
            assembler.Return();
        assembler.JumpIf(X64Condition.NotSign, 0);
        Assert.Equal("jns near 0000000000001000h", Format(Read(assembler.Written[200..], 0x1000 + 200)));
    }

    [Fact]
    public void A_short_jump_does_not_go_too_far()
    {
        using var assembler = new Assembler(4096);
        int reference = assembler.JumpShort();
        for (int i = 0; i < 128; i++)
            assembler.Return();
        Assert.Throws<InvalidOperationException>(() => assembler.BindShort(reference));
    }

    private static string Name(X64Register register) => register.ToString().ToLowerInvariant();

    private static string Disassemble(Action<Assembler> emit) => Format(Decode(emit));

    private static Instruction Decode(Action<Assembler> emit)
    {
        using var assembler = new Assembler(64);
        emit(assembler);
        Instruction instruction = Read(assembler.Written, 0x1000);
        Assert.Equal(assembler.Position, instruction.Length);
        return instruction;
    }

    private static Instruction Read(ReadOnlySpan<byte> bytes, ulong address) =>
        Decoder.Create(64, new ByteArrayCodeReader(bytes.ToArray()), address).Decode();

    private static string Format(in Instruction instruction)
    {
        var output = new StringOutput();
        new NasmFormatter().Format(instruction, output);
        return output.ToString();
    }
}
