using System.Globalization;
using Imker.Bytecode;
using Imker.Machine;
using Imker.Objects;

namespace Imker.Cli;

/// <summary>The protocol of the plug-ins of the public conformance runner: a program and memory in hexadecimal, R0 in hexadecimal.</summary>
internal static class VmPlugin
{
    private const byte CallRegisterOpcode = 0x8d;

    public static int Execute(string memory, string program, bool isElf, ExecutionMode mode, TextWriter output)
    {
        byte[] context = ParseHex(memory, "the memory"), bytes = ParseHex(program, "the program");
        MachineProgram loaded = Load(bytes, isElf, mode);
        RunResult result = loaded.Run(context);
        if (result.Fault is { } fault)
        {
            Failure.Say(fault.ToString());
            return 1;
        }
        output.WriteLine(result.ReturnValue.ToString("x", CultureInfo.InvariantCulture));
        return 0;
    }

    private static MachineProgram Load(byte[] bytes, bool isElf, ExecutionMode mode)
    {
        if (isElf)
            return VmProgram.Load(BpfObjectReader.Read(bytes, "program"), null, mode);
        MoveCalledRegister(bytes);
        try
        {
            // Bare instructions can be proven for no memory in particular, so generated code checks.
            mode = mode == ExecutionMode.Verified ? ExecutionMode.Checked : mode;
            return new BpfMachine(new MachineOptions { Mode = mode }).LoadProgram("program", InstructionDecoder.Decode(bytes));
        }
        catch (NotSupportedException e)
        {
            throw new UsageException(e.Message);
        }
    }

    // clang before 19 wrote the register of a call through a register into the immediate, where later ones have it as the destination.
    private static void MoveCalledRegister(Span<byte> bytes)
    {
        for (; bytes.Length >= InstructionEncoder.SlotSize; bytes = bytes[InstructionEncoder.SlotSize..])
        {
            if (bytes[0] != CallRegisterOpcode || bytes[1] != 0 || bytes[4] is 0 or > (byte)Register.R9 || bytes[5..8].ContainsAnyExcept((byte)0))
                continue;
            bytes[1] = bytes[4];
            bytes[4] = 0;
        }
    }

    private static byte[] ParseHex(string text, string what)
    {
        try
        {
            return Convert.FromHexString(string.Concat(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        }
        catch (FormatException)
        {
            throw new UsageException($"cannot read {what}: it is to be pairs of hexadecimal digits");
        }
    }
}
