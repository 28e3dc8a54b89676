using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed unsafe partial class KernelProgram
{
    private const uint FlagRunOnCpu = 1;

    /// <summary>Runs the program now, by itself. Most tracing types cannot be: raw tracepoint and syscall programs can (5.10, 5.14).</summary>
    /// <exception cref="BpfException">The kernel refuses it; <see cref="Errno.NotSupportedInside"/> when the type has no test run.</exception>
    public TestRunResult Run(in TestRun run)
    {
        ReadOnlySpan<byte> given = run.Context;
        // A program of the type SYSCALL works on its context itself (kernel: bpf_prog_test_run_syscall).
        bool isInPlace = Type == ProgramType.Syscall && !run.ContextOut.IsEmpty;
        if (isInPlace)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(run.ContextOut.Length, given.Length, nameof(run));
            given.CopyTo(run.ContextOut);
            given = run.ContextOut;
        }
        using DescriptorUse use = Descriptor.Use();
        fixed (byte* context = given, data = run.Data, dataOut = run.DataOut, contextOut = run.ContextOut)
        {
            var attributes = new TestRunAttributes
            {
                Program = use.Number,
                ContextIn = (ulong)context,
                ContextInSize = (uint)given.Length,
                ContextOut = isInPlace ? 0 : (ulong)contextOut,
                ContextOutSize = isInPlace ? 0 : (uint)run.ContextOut.Length,
                DataIn = (ulong)data,
                DataInSize = (uint)run.Data.Length,
                DataOut = (ulong)dataOut,
                DataOutSize = (uint)run.DataOut.Length,
                Repeat = (uint)run.Repeat,
                Flags = run.Cpu is null ? 0 : FlagRunOnCpu,
                Cpu = (uint)(run.Cpu ?? 0),
            };
            if (BpfSyscall.Call(BpfCommand.ProgramTestRun, ref attributes, out Errno error) < 0)
                throw Refusal("run", BpfCommand.ProgramTestRun, error);
            return new TestRunResult(attributes.ReturnValue, attributes.Duration, (int)attributes.DataOutSize);
        }
    }
}
