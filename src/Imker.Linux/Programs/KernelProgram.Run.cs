using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed unsafe partial class KernelProgram
{
    private const uint FlagRunOnCpu = 1;

    /// <summary>Runs the program now, by itself. Most tracing types cannot be: raw tracepoint and syscall programs can (5.10, 5.14).</summary>
    /// <exception cref="BpfException">The kernel refuses it; <see cref="Errno.NotSupportedInside"/> when the type has no test run.</exception>
    public TestRunResult Run(in TestRun run)
    {
        using DescriptorUse use = Descriptor.Use();
        fixed (byte* context = run.Context, data = run.Data, dataOut = run.DataOut)
        {
            var attributes = new TestRunAttributes
            {
                Program = use.Number,
                ContextIn = (ulong)context,
                ContextInSize = (uint)run.Context.Length,
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
            return new TestRunResult(
                attributes.ReturnValue, TimeSpan.FromMicroseconds(attributes.Duration / 1000.0), (int)attributes.DataOutSize);
        }
    }
}
