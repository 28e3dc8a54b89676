using Imker.Bytecode;
using Imker.Linux.Interop;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>perf_event_open(2), and hanging a program on what it opens.</summary>
internal static class PerfEvent
{
    internal const int AllProcesses = -1, AllCpus = -1;

    /// <summary>Opens an event, close-on-exec.</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    internal static Descriptor Open(string name, in PerfEventAttributes attributes, int pid, int cpu)
    {
        int number = SystemCall.PerfEventOpen(attributes, pid, cpu, group: -1, PerfEventAttributes.OpenCloseOnExec);
        return number >= 0
            ? new Descriptor(number)
            : throw BpfException.ForPrivileged($"attach {name}", "perf_event_open", Libc.LastError, Capability.Perfmon);
    }

    /// <summary>
    /// Attaches by a link where the kernel has links for perf events, else by the older ioctl. Returns what must be closed to detach.
    /// </summary>
    /// <param name="name">What a person calls the attach point.</param>
    /// <param name="event">Given over: closed if this fails.</param>
    /// <param name="program">Of the type that belongs to the event.</param>
    /// <param name="cookie">Told to the program; 0 for none.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    /// <exception cref="FeatureNotSupportedException">A cookie, and no links for perf events to carry it.</exception>
    internal static Descriptor[] Attach(string name, Descriptor @event, KernelProgram program, ulong cookie)
    {
        try
        {
            Descriptor? link = TryLink(@event, program, cookie, out Errno error);
            if (link is null)
                AttachByIoctl(name, @event, program, cookie, error);
            Control(name, @event, PerfEventAttributes.IoctlEnable, 0, "PERF_EVENT_IOC_ENABLE");
            return link is null ? [@event] : [link, @event];
        }
        catch
        {
            @event.Dispose();
            throw;
        }
    }

    private static Descriptor? TryLink(Descriptor @event, KernelProgram program, ulong cookie, out Errno error)
    {
        using DescriptorUse target = @event.Use();
        var attributes = new LinkCreateAttributes { Target = target.Number, PerfEventCookie = cookie };
        return LinkCreation.TryCreate(program, AttachType.PerfEvent, ref attributes, out error);
    }

    // EINVAL is what a kernel without links for perf events says; where it was something else, the ioctl says EINVAL as well.
    private static void AttachByIoctl(string name, Descriptor @event, KernelProgram program, ulong cookie, Errno linkError)
    {
        if (linkError != Errno.Invalid)
            throw BpfException.ForPrivileged($"attach {name}", BpfCommand.LinkCreate.KernelName(), linkError, Capability.Bpf, Capability.Perfmon);
        if (cookie != 0)
            throw new FeatureNotSupportedException($"attach {name} with a cookie", KernelFeature.AttachCookie, FeatureState.Absent);
        using DescriptorUse use = program.Descriptor.Use();
        Control(name, @event, PerfEventAttributes.IoctlSetBpf, (nint)use.Number, "PERF_EVENT_IOC_SET_BPF");
    }

    private static void Control(string name, Descriptor @event, nuint request, nint argument, string call)
    {
        using DescriptorUse use = @event.Use();
        if (Libc.IoCtl(use.Number, request, (nuint)argument) < 0)
            throw BpfException.ForPrivileged($"attach {name}", call, Libc.LastError, Capability.Perfmon);
    }
}
