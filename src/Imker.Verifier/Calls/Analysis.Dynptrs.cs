using Imker.Bytecode;
using Imker.Verifier.Calls;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    private const int DynptrSize = 16;

    private void UseDynptr(HelperPrototype helper, HelperArgument argument, Register name, in RegisterState passed, CallFacts facts)
    {
        bool isMade = helper.Id is HelperId.RingbufReserveDynptr or HelperId.DynptrFromMem;
        if (isMade)
        {
            int first = NewDynptrPlace(name, passed);
            bool isRing = helper.Id == HelperId.RingbufReserveDynptr;
            int reference = isRing ? Acquire(helper.Name) : 0;
            MakeDynptr(state.Frames[passed.Frame], first, isRing ? SlotObjectKind.RingBufferDynptr : SlotObjectKind.LocalDynptr, isReadOnly: false, reference);
            return;
        }
        if (passed.Kind == RegisterKind.Dynptr)
        {
            if (argument.Access is MemoryAccess.Write or MemoryAccess.Update || argument.Dynptr == DynptrKind.RingBuffer)
                Fail(VerifierDiagnosticId.Dynptr, "cannot pass pointer to const bpf_dynptr, the helper mutates it");
            facts.DynptrId = passed.Id;
            return;
        }
        SlotObject dynptr = FindDynptr(name, passed);
        if (argument.Dynptr == DynptrKind.RingBuffer && dynptr.Kind != SlotObjectKind.RingBufferDynptr)
            Fail(VerifierDiagnosticId.Dynptr, $"Expected a dynptr of type ringbuf as arg #{(int)name - 1}");
        if (argument.Dynptr == DynptrKind.Local && dynptr.Kind != SlotObjectKind.LocalDynptr)
            Fail(VerifierDiagnosticId.Dynptr, $"Expected a dynptr of type local as arg #{(int)name - 1}");
        facts.DynptrKind = dynptr.Kind;
        facts.DynptrId = dynptr.Id;
        facts.ReferenceId = dynptr.ReferenceId;
    }

    /// <summary>The lower slot of 16 aligned bytes of stack where a dynptr may be made.</summary>
    private int NewDynptrPlace(Register name, in RegisterState passed)
    {
        if (passed.Kind != RegisterKind.Stack)
            Fail(VerifierDiagnosticId.Dynptr, $"arg#{(int)name - 1} expected pointer to stack or const struct bpf_dynptr");
        int at = ObjectPlace(name, passed, DynptrSize, "dynptr");
        FrameState of = state.Frames[passed.Frame];
        of.Grow(at);
        int first = FrameState.SlotOf(at);
        for (int s = first - 1; s <= first; s++)
        {
            if (of.Objects[s].Kind is SlotObjectKind.Iterator or SlotObjectKind.IrqFlag)
                Fail(VerifierDiagnosticId.Dynptr, "Dynptr has to be an uninitialized dynptr: an iterator lies there");
            if (of.Objects[s].Kind == SlotObjectKind.RingBufferDynptr)
                Fail(VerifierDiagnosticId.Dynptr, "cannot overwrite referenced dynptr");
        }
        DestroyObjects(of, at, DynptrSize);
        return first;
    }

    private int ObjectPlace(Register name, in RegisterState passed, int size, string what)
    {
        if (!passed.Number.IsConstant)
            Fail(VerifierDiagnosticId.Dynptr, $"{what} has to be at a constant offset: {Name(name)} is {Describe(passed)}");
        int at = passed.Offset + (int)passed.Number.Value;
        if (at % FrameState.SlotSize != 0)
            Fail(VerifierDiagnosticId.Dynptr, $"cannot pass in {what} at an offset={at}");
        if (at < -FrameState.StackSize || at + size > 0)
            Fail(VerifierDiagnosticId.Dynptr, $"cannot pass in {what} at an offset={at}: it takes {size} bytes of the stack");
        return at;
    }

    private void MakeDynptr(FrameState of, int first, SlotObjectKind kind, bool isReadOnly, int reference)
    {
        int id = NewId();
        for (int s = first - 1; s <= first; s++)
        {
            MarkObject(of, s, SlotKind.Dynptr);
            of.Objects[s] = new SlotObject { Kind = kind, IsFirst = s == first, IsReadOnly = isReadOnly, Id = id, ReferenceId = reference };
        }
    }

    private static void MarkObject(FrameState of, int slotOfObject, SlotKind kind)
    {
        for (int b = slotOfObject * FrameState.SlotSize; b < (slotOfObject + 1) * FrameState.SlotSize; b++)
            of.Bytes[b] = (byte)kind;
        of.Spills[slotOfObject] = default;
    }

    private SlotObject FindDynptr(Register name, in RegisterState passed)
    {
        if (passed.Kind != RegisterKind.Stack)
            Fail(VerifierDiagnosticId.Dynptr, $"arg#{(int)name - 1} expected pointer to stack or const struct bpf_dynptr");
        int at = ObjectPlace(name, passed, DynptrSize, "dynptr");
        FrameState of = state.Frames[passed.Frame];
        of.Grow(at);
        int first = FrameState.SlotOf(at);
        bool isWhole = of.Bytes[first * FrameState.SlotSize] == (byte)SlotKind.Dynptr && of.Objects[first].IsFirst;
        if (!isWhole)
            Fail(VerifierDiagnosticId.Dynptr, $"Expected an initialized dynptr as arg #{(int)name - 1}");
        return of.Objects[first];
    }

    private void ReleaseDynptr(in RegisterState passed)
    {
        if (passed.Kind != RegisterKind.Stack)
            Fail(VerifierDiagnosticId.Dynptr, "arg 1 is an unacquired reference");
        SlotObject dynptr = FindDynptr(Register.R1, passed);
        // All that were made of it go with it.
        for (int i = 0; i <= state.Current; i++)
        {
            FrameState frame = state.Frames[i];
            for (int s = 0; s < frame.Depth / FrameState.SlotSize; s++)
            {
                if (frame.Objects[s].Kind != SlotObjectKind.None && frame.Objects[s].ReferenceId == dynptr.ReferenceId)
                {
                    if (frame.Objects[s].IsFirst)
                        ForgetSlices(frame.Objects[s].Id);
                    Erase(frame, s);
                }
            }
        }
        Release(dynptr.ReferenceId);
    }

    private static void Erase(FrameState of, int slotOfObject)
    {
        MarkObject(of, slotOfObject, SlotKind.Unset);
        of.Objects[slotOfObject] = default;
    }

    /// <summary>A store over a dynptr ends it, over an iterator it is refused (kernel: <c>destroy_if_dynptr_stack_slot</c>).</summary>
    private void DestroyObjects(FrameState of, int at, int size)
    {
        for (int s = FrameState.SlotOf(at + size - 1); s <= FrameState.SlotOf(at); s++)
        {
            switch (of.Objects[s].Kind)
            {
                case SlotObjectKind.None:
                    continue;
                case SlotObjectKind.Iterator or SlotObjectKind.IrqFlag:
                    // Its slots become data; it cannot be used any more, and its reference is missed at the end.
                    of.Objects[s] = default;
                    MarkObject(of, s, SlotKind.Data);
                    continue;
                case SlotObjectKind.RingBufferDynptr:
                    Fail(VerifierDiagnosticId.Dynptr, "cannot overwrite referenced dynptr");
                    return;
            }
            int id = of.Objects[s].Id;
            ForgetSlices(id);
            for (int other = Math.Max(0, s - 1); other <= s + 1 && other < of.Depth / FrameState.SlotSize; other++)
            {
                if (of.Objects[other].Id == id && of.Objects[other].Kind != SlotObjectKind.None)
                    Erase(of, other);
            }
        }
    }

    private void ForgetSlices(int dynptr)
    {
        for (int i = 0; i <= state.Current; i++)
        {
            FrameState frame = state.Frames[i];
            for (int r = 0; r < 10; r++)
            {
                if (IsSliceOf(frame.Registers[r], dynptr))
                    frame.Registers[r] = RegisterState.UnknownScalar;
            }
            for (int s = 0; s < frame.Depth / FrameState.SlotSize; s++)
            {
                if (frame.IsWholeSpill(s) && IsSliceOf(frame.Spills[s], dynptr))
                    frame.Spills[s] = RegisterState.UnknownScalar;
            }
        }
    }

    private static bool IsSliceOf(in RegisterState register, int dynptr) =>
        register.Kind == RegisterKind.Memory && register.Has(PointerFlags.DynptrSlice) && register.TypeId == (uint)dynptr;
}
