using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Imker.TestKit;

namespace Imker.Bytecode.Tests;

/// <summary>The running kernel's verifier is shown an instruction and writes it into its log, whatever it thinks of it.</summary>
public sealed partial class KernelTextTests
{
    [Fact]
    public void The_disassembler_writes_what_the_running_kernel_writes()
    {
        Machine.RequireRoot();
        var told = new HashSet<InstructionForm>();
        foreach (InstructionForm form in InstructionForms.All.Where(IsShownByTheVerifier))
        {
            InstructionGen.Numeric(form)!.Sample(
                instruction =>
                {
                    if (KernelTextOf(instruction) is not { } text)
                        return;
                    told.Add(form);
                    Assert.Equal(text, Disassembler.Format(instruction).Replace(" ll", ""));
                },
                iter: 5, threads: 1);
        }
        Assert.True(told.Count > 130, $"the log showed no more than {told.Count} forms");
    }

    // Calls and wide loads of things that are not there, and forms that no program may hold, are refused before the log is written.
    private static bool IsShownByTheVerifier(InstructionForm form) =>
        form.Since <= Environment.OSVersion.Version && !form.NamesReference
        && form.Create(Register.R0, Register.R0, 0, 0) is not ({ IsWideLoad: true, SrcField: > 0 } or { IsCall: true, SrcField: > 0 });

    private static string? KernelTextOf(Instruction instruction)
    {
        Instruction filler = Instruction.Mov(Register.R0, 0);
        var bytes = InstructionEncoder.Encode(new Code([Harmless(instruction), filler, filler, Instruction.Exit]));
        string log = Load(bytes);
        Match line = FirstInstruction().Match(log);
        if (!line.Success)
            return null;
        Assert.Equal(instruction.Opcode.ToString("x2"), line.Groups[1].Value);
        string text = line.Groups[2].Value;
        // The jump had its distance changed; it is told with the one that it had.
        return instruction.IsJump ? Distance().Replace(text, instruction.JumpDistance.ToString("+0;-0")) : text;
    }

    // A jump that leaves the program, or code that no jump reaches, is refused before the log is written.
    private static Instruction Harmless(Instruction instruction) =>
        !instruction.IsJump ? instruction
        : instruction.IsLongJump ? instruction.WithConstant(0)
        : instruction.WithOffset((short)(instruction.IsUnconditionalJump ? 0 : 1));

    private static string Load(byte[] code)
    {
        const int ProgramLoad = 5, TraceAll = 2;
        byte[] log = new byte[1 << 16], licence = "GPL\0"u8.ToArray(), attributes = new byte[120];
        GCHandle[] pins = [.. ((byte[][])[code, licence, log]).Select(array => GCHandle.Alloc(array, GCHandleType.Pinned))];
        try
        {
            BitConverter.TryWriteBytes(attributes.AsSpan(0), (int)ProgramType.SocketFilter);
            BitConverter.TryWriteBytes(attributes.AsSpan(4), code.Length / InstructionEncoder.SlotSize);
            BitConverter.TryWriteBytes(attributes.AsSpan(8), pins[0].AddrOfPinnedObject());
            BitConverter.TryWriteBytes(attributes.AsSpan(16), pins[1].AddrOfPinnedObject());
            BitConverter.TryWriteBytes(attributes.AsSpan(24), TraceAll);
            BitConverter.TryWriteBytes(attributes.AsSpan(28), log.Length);
            BitConverter.TryWriteBytes(attributes.AsSpan(32), pins[2].AddrOfPinnedObject());
            int number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 321 : 280;
            long fd = SystemCall(number, ProgramLoad, attributes, attributes.Length);
            if (fd >= 0)
                _ = Close((int)fd);
        }
        finally
        {
            foreach (GCHandle pin in pins)
                pin.Free();
        }
        return Encoding.UTF8.GetString(log, 0, Array.IndexOf(log, (byte)0));
    }

    [DllImport("libc", EntryPoint = "syscall")]
    private static extern long SystemCall(long number, int command, byte[] attributes, long size);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int fd);

    // From 6.15 on the registers that are alive stand between the slot and the opcode.
    [GeneratedRegex(@"^ *0: (?:[0-9.]{10} )?\(([0-9a-f]{2})\) (.*?)(?: +; .*)?$", RegexOptions.Multiline)]
    private static partial Regex FirstInstruction();

    [GeneratedRegex(@"(?<=pc)[+-]\d+$")]
    private static partial Regex Distance();
}
