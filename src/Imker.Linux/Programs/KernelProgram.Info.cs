using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed unsafe partial class KernelProgram
{
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public ProgramInfo GetInfo()
    {
        BpfProgramInfo info = ReadInfo(default);
        return new ProgramInfo(info.Id, info.Name.ToString(), (ProgramType)info.Type, (int)info.TranslatedLength, (int)info.JitedLength,
            TimeSpan.FromMicroseconds(info.RunTime / 1000.0), info.RunCount, info.RecursionMisses, info.VerifiedInstructions);
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

    private BpfProgramInfo ReadInfo(BpfProgramInfo request)
    {
        if (!ObjectInfo.TryGet(Descriptor, ref request, out Errno error))
            throw Refusal("ask about", BpfCommand.ObjectGetInfoByDescriptor, error);
        return request;
    }
}
