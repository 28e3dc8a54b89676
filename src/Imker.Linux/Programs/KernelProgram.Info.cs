using System.Buffers.Binary;
using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed unsafe partial class KernelProgram
{
    private const uint GplBit = 1;

    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public ProgramInfo GetInfo()
    {
        uint[] maps = new uint[ReadInfo(default).MapIdCount];
        fixed (uint* pointer = maps)
        {
            BpfProgramInfo info = ReadInfo(new BpfProgramInfo { MapIdCount = (uint)maps.Length, MapIds = (ulong)pointer });
            return new ProgramInfo(info.Id, info.Name.ToString(), (ProgramType)info.Type, (int)info.TranslatedLength, (int)info.JitedLength,
                TimeSpan.FromMicroseconds(info.RunTime / 1000.0), info.RunCount, info.RecursionMisses, info.VerifiedInstructions)
            {
                Tag = BinaryPrimitives.ReverseEndianness(info.Tag).ToString("x16"),
                IsGplCompatible = (info.Bits & GplBit) != 0,
                LoadedAfterBoot = TimeSpan.FromMicroseconds(info.LoadTime / 1000.0),
                UserId = info.UserId,
                MapIds = [.. maps],
                BtfId = info.BtfId,
                AttachBtfId = info.AttachBtfId,
                AttachBtfObjectId = info.AttachBtfObjectId,
                InterfaceIndex = info.InterfaceIndex,
                Memory = DescriptorFacts.Of(Descriptor).Number("memlock"),
            };
        }
    }

    /// <summary>The code as the verifier left it; empty where the kernel hides it.</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public byte[] ReadTranslatedCode()
    {
        byte[] code = new byte[ReadInfo(default).TranslatedLength];
        fixed (byte* pointer = code)
        {
            BpfProgramInfo info = ReadInfo(new BpfProgramInfo { TranslatedLength = (uint)code.Length, TranslatedCode = (ulong)pointer });
            return info.TranslatedCode == 0 ? [] : code;
        }
    }

    /// <summary>The machine code, one function after the other (<see cref="ReadLayout"/>); empty where the kernel hides it or interprets.</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public byte[] ReadMachineCode()
    {
        byte[] code = new byte[ReadInfo(default).JitedLength];
        fixed (byte* pointer = code)
        {
            BpfProgramInfo info = ReadInfo(new BpfProgramInfo { JitedLength = (uint)code.Length, JitedCode = (ulong)pointer });
            return info.JitedCode == 0 ? [] : code;
        }
    }

    /// <summary>Where functions and source lines lie in translated and machine code.</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public ProgramLayout ReadLayout()
    {
        BpfProgramInfo sizes = ReadInfo(default);
        ulong[] symbols = new ulong[sizes.JitedSymbolCount], jitedLines = new ulong[sizes.JitedLineInfoCount];
        uint[] lengths = new uint[sizes.JitedLengthCount];
        byte[] functions = new byte[sizes.FunctionInfoCount * ProgramParameters.FunctionInfoSize];
        byte[] lines = new byte[sizes.LineInfoCount * ProgramParameters.LineInfoSize];
        fixed (ulong* symbolPointer = symbols, jitedLinePointer = jitedLines)
        fixed (uint* lengthPointer = lengths)
        fixed (byte* functionPointer = functions, linePointer = lines)
        {
            BpfProgramInfo info = ReadInfo(new BpfProgramInfo
            {
                JitedSymbolCount = (uint)symbols.Length,
                JitedSymbols = (ulong)symbolPointer,
                JitedLengthCount = (uint)lengths.Length,
                JitedLengths = (ulong)lengthPointer,
                FunctionInfoSize = ProgramParameters.FunctionInfoSize,
                FunctionInfoCount = sizes.FunctionInfoCount,
                FunctionInfo = (ulong)functionPointer,
                LineInfoSize = ProgramParameters.LineInfoSize,
                LineInfoCount = sizes.LineInfoCount,
                LineInfo = (ulong)linePointer,
                JitedLineInfoSize = sizeof(ulong),
                JitedLineInfoCount = (uint)jitedLines.Length,
                JitedLineInfo = (ulong)jitedLinePointer,
            });
            return ProgramLayout.Make(info.JitedSymbols == 0 ? [] : symbols, lengths, functions, lines, info.JitedLineInfo == 0 ? [] : jitedLines);
        }
    }

    private BpfProgramInfo ReadInfo(BpfProgramInfo request)
    {
        if (!ObjectInfo.TryGet(Descriptor, ref request, out Errno error))
            throw Refusal("ask about", BpfCommand.ObjectGetInfoByDescriptor, error);
        return request;
    }
}
