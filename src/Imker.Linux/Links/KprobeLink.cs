using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches KPROBE programs to a function of the kernel through the perf unit.</summary>
public static unsafe class KprobeLink
{
    /// <param name="program">Of the type KPROBE, with no expected attach type.</param>
    /// <param name="symbol">The function.</param>
    /// <param name="offset">Bytes behind its start; 0 for returns.</param>
    /// <param name="isReturn">At its return.</param>
    /// <param name="cookie">Told to the program; 0 for none.</param>
    /// <exception cref="BpfException">The kernel has no such function, lets none of its functions be probed, or refuses it.</exception>
    /// <exception cref="FeatureNotSupportedException">A cookie, and a kernel before 5.15.</exception>
    public static KernelLink Attach(KernelProgram program, string symbol, ulong offset = 0, bool isReturn = false, ulong cookie = 0)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        string name = $"{(isReturn ? "kretprobe" : "kprobe")}:{symbol}{(offset == 0 ? "" : $"+{offset}")}";
        ProbePmu pmu = ProbePmu.Kprobes
            ?? throw HookRefusal.Unsupported($"attach {name}", "perf_event_open", Errno.NoEntry, ProgramType.Kprobe, null);
        fixed (byte* pointer = CString.Bytes(symbol))
        {
            var attributes = new PerfEventAttributes
            {
                Type = pmu.Type,
                Size = PerfEventAttributes.Length,
                Config = isReturn ? 1UL << pmu.ReturnBit : 0,
                Config1 = (ulong)pointer,
                Config2 = offset,
            };
            return new KernelLink(name, PerfEvent.Attach(name, Open(name, symbol, attributes), program, cookie));
        }
    }

    private static Descriptor Open(string name, string symbol, in PerfEventAttributes attributes)
    {
        try
        {
            return PerfEvent.Open(name, attributes, PerfEvent.AllProcesses, Cpus.ReadOnline()[0]);
        }
        catch (BpfException e) when (e.Error == Errno.NoEntry)
        {
            throw new BpfException($"attach {name}", e.Call, e.Error, $"this kernel has no function '{symbol}', or it is part of the ones that call it");
        }
        catch (BpfException e) when (e.Error == Errno.Invalid)
        {
            throw new BpfException($"attach {name}", e.Call, e.Error, $"the kernel lets no probe be set there: '{symbol}' is excluded, or no instruction begins at that offset");
        }
    }
}
