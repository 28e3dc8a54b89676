using System.Diagnostics.CodeAnalysis;

namespace Imker.Verifier;

/// <summary>What each kind of refusal means and what is done about it.</summary>
public static class RefusalExplanations
{
    /// <param name="id">One of <see cref="VerifierDiagnosticId"/>.</param>
    /// <param name="text">What it means, then what helps; several lines.</param>
    public static bool TryGet(string id, [NotNullWhen(true)] out string? text)
    {
        text = id switch
        {
            VerifierDiagnosticId.UnsetRegister => """
                A register is read that has no value on some path: a variable that is set on one branch only, R1 to R5 after a call (calls destroy
                them), or R0 where the function ends without a result.
                Set the variable where it is declared; keep what is needed after a call in R6 to R9; return a value on every path.
                """,
            VerifierDiagnosticId.NoPointer => """
                Memory is accessed through a number, or through a pointer to something that is no memory. An address of the kernel or of user space
                is a number here, as is a pointer whose upper half was lost by a 32-bit copy, one into a packet that was moved since, and one to an
                object that was given back.
                Read kernel memory with bpf_probe_read_kernel, user memory with bpf_probe_read_user; load data and data_end again after helpers that
                move the packet; do not use what was released.
                """,
            VerifierDiagnosticId.MaybeNull => """
                A pointer may be null: the result of bpf_map_lookup_elem, bpf_ringbuf_reserve, bpf_sk_lookup_tcp and their kin.
                Test it first, in the same function: if (!p) return 0;
                """,
            VerifierDiagnosticId.OutOfBounds => """
                An access may leave its object: the message has the object's size and the byte that may be reached.
                Bound the index right before the access and on the same variable: if (i >= ARRAY_SIZE(a)) return 0; or i &= ARRAY_SIZE(a) - 1 for
                a power of two. Note that an index of N is one too many for N elements, and that a signed index may be negative.
                """,
            VerifierDiagnosticId.PacketRange => """
                Packet bytes are accessed that nothing proves to be there.
                Compare first: if (data + 14 > data_end) return XDP_PASS; then bytes 0 to 13 may be accessed through pointers made from the same data.
                With a variable offset the sum has to be compared, and the offset bounded before (65,535 at most).
                """,
            VerifierDiagnosticId.ContextAccess => """
                The context has no such field for this type of program, not of this size, or not to be written.
                The context's address takes constant offsets only: ctx->field, never ctx + i.
                """,
            VerifierDiagnosticId.PointerArithmetic => """
                Pointers take addition and subtraction of bounded numbers only: no pointer plus pointer, no masks, no 32-bit arithmetic, nothing on
                pointers that may be null, on map handles, sockets or the packet's end.
                Test for null first; bound the number on both sides; make it unsigned.
                """,
            VerifierDiagnosticId.StackAccess => """
                The stack has the 512 bytes below R10. It is read where something was written before; a pointer that is stored there is loaded whole.
                Initialise structs with = {}; move large ones to a per-CPU array.
                """,
            VerifierDiagnosticId.NotCallable => """
                This type of program may not call that helper or kernel function, or the target's kernel does not have it. A number such as
                195896080 is a field or type that CO-RE did not find in the target: ask with bpf_core_field_exists first.
                """,
            VerifierDiagnosticId.Argument => """
                An argument is not what the function takes: the message has what was passed. Sizes have to be bounded: at least 1 where nothing else
                is said, never negative, and no larger than the memory before them.
                """,
            VerifierDiagnosticId.Reference => """
                What was acquired has to be given back exactly once on every path, also where the program ends early: bpf_sk_release, bpf_ringbuf_submit
                or bpf_ringbuf_discard, the release function of a kernel function. Only what was acquired is given back, and its own start.
                """,
            VerifierDiagnosticId.Lock => """
                One lock at a time, of the same object at both ends, with no call between and none held where the program ends.
                """,
            VerifierDiagnosticId.ControlFlow => """
                Every instruction has to be reachable; jumps stay in their function and off the middle of wide loads; a function ends with exit or a jump.
                """,
            VerifierDiagnosticId.EndlessLoop => """
                A round of the loop changes nothing that its condition depends on, or loops are not allowed at all (before 5.3, or without CAP_BPF).
                """,
            VerifierDiagnosticId.TooLarge => """
                There are more instructions, branches or states to walk than are granted. Loops with many rounds and branches inside multiply.
                Use bpf_loop or bpf_for for long loops, put the body into a function that is not static so that it is verified once, simplify branches.
                """,
            VerifierDiagnosticId.ReturnValue => """
                This type of program, or this callback, may return only the values in the message.
                """,
            VerifierDiagnosticId.MapUse => """
                The map is not of the kind that the helper takes, is read-only, or may not be used by this type of program.
                """,
            VerifierDiagnosticId.StackDepth => """
                The frames of all functions on a path share 512 bytes, and there are eight of them at most; functions do not call themselves.
                """,
            VerifierDiagnosticId.License => """
                The helper is for programs under a licence compatible with the GPL: char LICENSE[] SEC("license") = "GPL";
                """,
            VerifierDiagnosticId.Dynptr => """
                A dynptr is made by its helper, used through helpers only, and not overwritten while it holds a record; 16 aligned bytes of stack.
                """,
            VerifierDiagnosticId.Iterator => """
                An iterator is made (…_new), asked (…_next) and ended (…_destroy), in this order, each time in the same place of the stack.
                """,
            VerifierDiagnosticId.SpecialField => """
                Locks, timers, kernel pointers, lists and trees in a value are reached through their helpers only. Copy the other fields one by one.
                """,
            VerifierDiagnosticId.NotInTarget => """
                The target does not know this instruction, program type or type of the kernel. With --btf the types of another kernel are given.
                """,
            VerifierDiagnosticId.KernelObject => """
                Structures of the kernel are read field by field, at constant offsets, and mostly not written. Some functions take only pointers that
                the kernel vouches for: arguments of typed programs and what was acquired.
                """,
            VerifierDiagnosticId.Alignment => """
                The stack is accessed at multiples of the access's size, as is everything by atomic operations.
                """,
            VerifierDiagnosticId.GlobalFunction => """
                A function that is not static is verified by its signature alone: pointers may be null unless they are tagged (__arg_nonnull), and
                what is passed has to fit. Make it static to have it verified with its callers.
                """,
            VerifierDiagnosticId.CriticalSection => """
                Sections without preemption, interrupts or with RCU are ended on every path, and nothing that sleeps is called in them.
                """,
            VerifierDiagnosticId.BadInstruction => """
                The instruction's fields make no sense: a division by the constant 0, a shift by more than the register has, a write to R10.
                """,
            _ => null,
        };
        return text is not null;
    }
}
