using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Imker.Hosting;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>
/// A place in a service where programs decide that are attached while it runs. The context is what they see: R1 points to it, R2 holds its
/// size, and they may change it. Any number of threads call the hook while programs come and go: a call uses the programs that were
/// attached when it began, and what it uses stays until it has ended.
/// </summary>
/// <typeparam name="TContext">Laid out as the programs' source lays it out, padding included.</typeparam>
public sealed class HookPoint<TContext>
    where TContext : unmanaged
{
    private readonly Lock gate = new();
    private readonly HookDecision decision;
    private HookAttachment[] chain = [];
    private ContextRecorder? recorder;

    /// <param name="name">Names it in messages.</param>
    /// <param name="machine">Loads what is attached as an object.</param>
    /// <param name="decision">When further programs are not asked. Default: at the first answer that is not 0.</param>
    public HookPoint(string name, BpfMachine machine, HookDecision decision = HookDecision.FirstNonZero)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(machine);
        Name = name;
        Machine = machine;
        this.decision = decision;
    }

    public string Name { get; }

    public BpfMachine Machine { get; }

    /// <summary>What is attached now, in the order in which it runs.</summary>
    public IReadOnlyList<HookAttachment> Attachments => Volatile.Read(ref chain);

    /// <summary>Attaches a program behind those of the same or a lower order.</summary>
    /// <param name="program">Any program that takes this context.</param>
    /// <param name="order">Programs of lower order run first.</param>
    /// <exception cref="ArgumentException">The program's context is a packet's.</exception>
    public HookAttachment Attach(MachineProgram program, int order = 0)
    {
        CheckContext(program);
        var attachment = new HookAttachment(program, order, Detach);
        lock (gate)
        {
            int at = Array.FindIndex(chain, other => other.Order > order);
            List<HookAttachment> changed = [.. chain];
            changed.Insert(at < 0 ? chain.Length : at, attachment);
            Volatile.Write(ref chain, [.. changed]);
        }
        return attachment;
    }

    /// <summary>Loads an object, of clang, of a filter or of a script, and attaches one of its programs.</summary>
    /// <param name="source">The object.</param>
    /// <param name="program">The program's name; the first one where it is null.</param>
    /// <param name="order">Programs of lower order run first.</param>
    /// <exception cref="Diagnostics.DiagnosticException">It cannot be loaded; every reason is told.</exception>
    /// <exception cref="ArgumentException">There is no such program, or its context is a packet's.</exception>
    public HookAttachment Attach(BpfObject source, string? program = null, int order = 0) => Attach(Load(source, program), order);

    /// <summary>
    /// Puts a program in the place of another at once: every call runs the one or the other. Calls that began before go on with the old
    /// one.
    /// </summary>
    /// <exception cref="ArgumentException">The program's context is a packet's, or the attachment is not attached here.</exception>
    public void Replace(HookAttachment attachment, MachineProgram program)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        CheckContext(program);
        if (!Volatile.Read(ref chain).Contains(attachment))
            throw new ArgumentException($"hook '{Name}': what is to be replaced is not attached", nameof(attachment));
        attachment.Replace(program);
    }

    /// <summary>As <see cref="Replace(HookAttachment, MachineProgram)"/>, with a program of an object that is loaded.</summary>
    /// <inheritdoc cref="Attach(BpfObject, string?, int)"/>
    public void Replace(HookAttachment attachment, BpfObject source, string? program = null) => Replace(attachment, Load(source, program));

    /// <summary>Asks the programs. Faults are counted with their attachment, and its program counts as if it had returned 0.</summary>
    /// <param name="context">They may change it.</param>
    /// <returns>The answer that <see cref="HookDecision"/> tells; 0 where nothing is attached.</returns>
    public ulong Run(ref TContext context) => Run(ref context, []);

    /// <inheritdoc cref="Run(ref TContext)"/>
    /// <param name="packet">What packet loads read, such as those of a packet filter.</param>
    public ulong Run(ref TContext context, Span<byte> packet)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<TContext>(ref context));
        Volatile.Read(ref recorder)?.Write(bytes, packet);
        ulong answer = 0;
        foreach (HookAttachment attachment in Volatile.Read(ref chain))
        {
            answer = attachment.Run(bytes, packet);
            if (answer != 0 && decision == HookDecision.FirstNonZero)
                break;
        }
        return answer;
    }

    /// <summary>Records every context from now on; null ends that.</summary>
    /// <exception cref="ArgumentException">The recording is of contexts of another size.</exception>
    public void Record(ContextRecorder? to)
    {
        if (to is not null && to.ContextSize != Unsafe.SizeOf<TContext>())
            throw new ArgumentException($"hook '{Name}': its contexts have {Unsafe.SizeOf<TContext>()} bytes, those of the recording {to.ContextSize}", nameof(to));
        Volatile.Write(ref recorder, to);
    }

    /// <summary>Gives every context of a recording to the hook, in order.</summary>
    /// <returns>The answers.</returns>
    /// <exception cref="ArgumentException">The recording is of contexts of another size.</exception>
    public IReadOnlyList<ulong> Replay(ContextRecording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (recording.ContextSize != Unsafe.SizeOf<TContext>())
            throw new ArgumentException($"hook '{Name}': its contexts have {Unsafe.SizeOf<TContext>()} bytes, those of the recording {recording.ContextSize}", nameof(recording));
        var answers = new List<ulong>(recording.Entries.Length);
        foreach (RecordedContext entry in recording.Entries)
        {
            TContext context = MemoryMarshal.Read<TContext>(entry.Context.Span);
            answers.Add(Run(ref context, entry.Packet.ToArray()));
        }
        return answers;
    }

    private void Detach(HookAttachment attachment)
    {
        lock (gate)
            Volatile.Write(ref chain, Array.FindAll(chain, other => other != attachment));
    }

    private MachineProgram Load(BpfObject source, string? program)
    {
        MachineInstance loaded = Machine.Load(source);
        string? name = program ?? source.Programs.FirstOrDefault()?.Name;
        return name is not null && loaded.Programs.TryGetValue(name, out MachineProgram? found) ? found
            : throw new ArgumentException($"hook '{Name}': the object '{source.Name}' has no program{(name is null ? "" : $" '{name}'")}", nameof(program));
    }

    private void CheckContext(MachineProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (program.Type == Bytecode.ProgramType.Xdp)
            throw new ArgumentException($"hook '{Name}': the program '{program.Name}' is for packets of a device, whose context is another", nameof(program));
    }
}
