using System.Buffers;
using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed unsafe partial class KernelProgram
{
    private const uint FlagSleepable = 1 << 4, FlagFragments = 1 << 5;
    // Before 5.2 the kernel refuses a log buffer of 16 MiB, so the last one is a byte shorter.
    private const int FirstLogSize = 64 << 10, LastLogSize = 16 << 20, LogGrowth = 8;


    /// <summary>
    /// Has a program verified. No log is asked for until the kernel refuses, because writing one costs more than verifying.
    /// </summary>
    /// <exception cref="VerifierException">The verifier refuses it.</exception>
    /// <exception cref="BpfException">The kernel refuses it without looking at the code.</exception>
    public static KernelProgram Load(in ProgramParameters parameters)
    {
        if (TryLoad(parameters, [], out Errno error) is { } descriptor)
            return new KernelProgram(descriptor, parameters.Name, parameters.Type, parameters.ExpectedAttachType);
        string log = ReadLog(parameters, ref error, out Descriptor? late);
        if (late is not null)
            return new KernelProgram(late, parameters.Name, parameters.Type, parameters.ExpectedAttachType);
        if (VerifierLog.LastWord(log).Length > 0)
            throw new VerifierException(parameters.Name, error, log);
        throw HookRefusal.Of($"load program '{parameters.Name}' ({parameters.Type})", BpfCommand.ProgramLoad, error, parameters.Type, parameters.ExpectedAttachType);
    }

    /// <summary>The bare load, for probes and <see cref="Load"/>.</summary>
    internal static Descriptor? TryLoad(in ProgramParameters parameters, Span<byte> log, out Errno error)
    {
        using DescriptorUse btf = new(parameters.Btf?.Descriptor), attached = new(parameters.AttachedProgram?.Descriptor);
        fixed (byte* instructions = parameters.Instructions, license = CString.Bytes(parameters.License), logPointer = log)
        fixed (byte* functionInfo = parameters.FunctionInfo, lineInfo = parameters.LineInfo)
        {
            var attributes = new ProgramLoadAttributes
            {
                Type = (uint)parameters.Type,
                InstructionCount = (uint)(parameters.Instructions.Length / Bytecode.InstructionEncoder.SlotSize),
                Instructions = (ulong)instructions,
                License = (ulong)license,
                LogLevel = log.IsEmpty ? 0u : 1u,
                LogSize = (uint)log.Length,
                Log = (ulong)logPointer,
                Flags = (parameters.IsSleepable ? FlagSleepable : 0) | (parameters.TakesFragments ? FlagFragments : 0),
                Name = ObjectName.From(parameters.Name),
                ExpectedAttachType = (uint)(parameters.ExpectedAttachType ?? default),
                AttachBtfId = parameters.AttachBtfId,
                AttachBtfObjectOrProgram = attached.Number,
                Btf = btf.Number,
            };
            if (parameters.Btf is not null)
                AddDebugInfo(ref attributes, parameters, functionInfo, lineInfo);
            return MemoryLockLimit.Retry(ref attributes, BpfCommand.ProgramLoad, out error);
        }
    }

    private static void AddDebugInfo(
        ref ProgramLoadAttributes attributes, in ProgramParameters parameters, byte* functionInfo, byte* lineInfo)
    {
        attributes.FunctionInfoRecordSize = ProgramParameters.FunctionInfoSize;
        attributes.FunctionInfo = (ulong)functionInfo;
        attributes.FunctionInfoCount = (uint)(parameters.FunctionInfo.Length / ProgramParameters.FunctionInfoSize);
        attributes.LineInfoRecordSize = ProgramParameters.LineInfoSize;
        attributes.LineInfo = (ulong)lineInfo;
        attributes.LineInfoCount = (uint)(parameters.LineInfo.Length / ProgramParameters.LineInfoSize);
    }

    // Loads again with a log, in a larger buffer while the kernel says that it was too small. What fits is kept in any case:
    // before 6.4 that is the log's beginning, since then its end.
    private static string ReadLog(in ProgramParameters parameters, ref Errno error, out Descriptor? loaded)
    {
        for (int size = FirstLogSize; ; size = Math.Min(size * LogGrowth, LastLogSize))
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
            try
            {
                buffer[0] = 0;
                loaded = TryLoad(parameters, buffer.AsSpan(0, size - 1), out Errno answer);
                if (loaded is not null)
                    return "";
                if (answer == Errno.NoSpace && size < LastLogSize)
                    continue;
                if (answer != Errno.NoSpace)
                    error = answer;
                return VerifierLog.FromBuffer(buffer.AsSpan(0, size - 1));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
