using Imker.Btf;
using Imker.Bytecode;
using Imker.Verifier.Calls;
using Imker.Verifier.State;
using Imker.Verifier.Tables;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    // bpf_iter_NAME_new
    private static string IteratorName(string kfunc) => kfunc["bpf_iter_".Length..kfunc.LastIndexOf('_')];

    private int IteratorSlots(string name)
    {
        if (target.Types is { } types && types.TryFind(BtfKind.Struct, $"bpf_iter_{name}", out BtfType structure))
            return (int)(structure.Size + FrameState.SlotSize - 1) / FrameState.SlotSize;
        return name == "num" ? 1 : 2;
    }

    private void NewIterator(Kfunc kfunc)
    {
        string name = IteratorName(kfunc.Name);
        RegisterState place = registers[1];
        if (place.Kind != RegisterKind.Stack)
            Fail(VerifierDiagnosticId.Iterator, $"arg#0 expected pointer to an iterator on stack: it is {Describe(place)}");
        int count = IteratorSlots(name);
        int at = ObjectPlace(Register.R1, place, count * FrameState.SlotSize, $"iter_{name}");
        FrameState of = state.Frames[place.Frame];
        of.Grow(at);
        int first = FrameState.SlotOf(at);
        for (int s = first - count + 1; s <= first; s++)
        {
            if (of.Objects[s].Kind == SlotObjectKind.Iterator)
                Fail(VerifierDiagnosticId.Iterator, $"expected uninitialized iter_{name} as arg #0");
        }
        DestroyObjects(of, at, count * FrameState.SlotSize);
        int reference = Acquire(kfunc.Name);
        for (int s = first - count + 1; s <= first; s++)
        {
            MarkObject(of, s, SlotKind.Iterator);
            of.Objects[s] = new SlotObject { Kind = SlotObjectKind.Iterator, IsFirst = s == first, Id = reference, ReferenceId = reference, Name = name };
        }
    }

    private (FrameState Frame, int First) FindIterator(Kfunc kfunc)
    {
        string name = IteratorName(kfunc.Name);
        RegisterState place = registers[1];
        if (place.Kind != RegisterKind.Stack)
            Fail(VerifierDiagnosticId.Iterator, $"arg#0 expected pointer to an iterator on stack: it is {Describe(place)}");
        int count = IteratorSlots(name);
        int at = ObjectPlace(Register.R1, place, count * FrameState.SlotSize, $"iter_{name}");
        FrameState of = state.Frames[place.Frame];
        of.Grow(at);
        int first = FrameState.SlotOf(at);
        bool isThere = of.Objects[first] is { Kind: SlotObjectKind.Iterator, IsFirst: true } found && found.Name == name
            && of.Bytes[first * FrameState.SlotSize] == (byte)SlotKind.Iterator;
        if (!isThere)
            Fail(VerifierDiagnosticId.Iterator, $"expected an initialized iter_{name} as arg #0");
        return (of, first);
    }

    private void DestroyIterator(Kfunc kfunc)
    {
        (FrameState of, int first) = FindIterator(kfunc);
        int reference = of.Objects[first].ReferenceId;
        for (int s = first; s >= 0 && of.Objects[s].Kind == SlotObjectKind.Iterator && of.Objects[s].ReferenceId == reference; s--)
            Erase(of, s);
        Release(reference);
    }

    /// <summary>The next element, or none: both are walked (kernel: <c>process_iter_next_call</c>).</summary>
    private void NextOfIterator(Kfunc kfunc, RegisterState element)
    {
        (FrameState of, int first) = FindIterator(kfunc);
        RegisterState place = registers[1];
        ForgetCallerSaved();
        if (!of.Objects[first].IsDrained)
        {
            // The path with an element is walked first; the one that is set aside has none.
            ProgramState other = SetAside(slot + 1);
            other.Steps.Add(new Step(slot, 0, 0));
            FrameState drained = other.Frames[place.Frame];
            drained.Objects[first].IsDrained = true;
            other.Registers[0] = RegisterState.Constant(0);
            if (FindPrevious(slot) is { } previous)
                Widening.Widen(previous, state);
            of.Objects[first].Depth++;
            registers[0] = element;
            return;
        }
        registers[0] = RegisterState.Constant(0);
    }
}
