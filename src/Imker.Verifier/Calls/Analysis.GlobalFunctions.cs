using Imker.Bytecode;
using Imker.Verifier.Calls;
using Imker.Verifier.Code;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    private readonly Queue<Subprogram> globals = new();
    private readonly HashSet<Subprogram> calledGlobals = [];

    // Kernel: btf_check_subprog_call. The function itself is walked once, alone.
    private int CallGlobal(Subprogram called)
    {
        FunctionSignature signature = SignatureOf(called);
        if (signature.Problem is { } problem)
            Fail(VerifierDiagnosticId.GlobalFunction, $"Caller passes invalid args into func#{called.Index} ('{called.Name}'): {problem}");
        for (int i = 0; i < signature.Arguments.Length; i++)
            CheckPassed(called, signature.Arguments[i], i);
        if (state.LockId != 0)
            Fail(VerifierDiagnosticId.Lock, $"global function calls are not allowed while holding a lock, use static function instead: '{called.Name}'");
        bool isInSection = state.RcuDepth > 0 || state.PreemptDepth > 0 || state.IrqId != 0;
        if (called.MaySleep && (isInSection || !state.IsInSleepable))
            Fail(VerifierDiagnosticId.CriticalSection, $"global functions that may sleep are not allowed in non-sleepable context: '{called.Name}'");
        if (calledGlobals.Add(called))
            globals.Enqueue(called);
        ForgetCallerSaved();
        if (called.ChangesPacket)
            ForgetPacket();
        registers[0] = signature.ReturnsVoid ? RegisterState.Unset : RegisterState.UnknownScalar;
        return slot + 1;
    }

    private FunctionSignature SignatureOf(Subprogram function) => function.Signature ??= SignatureReader.Read(function, program, target, code.Types);

    private void CheckPassed(Subprogram called, FunctionArgument argument, int index)
    {
        var name = (Register)(index + 1);
        ref RegisterState passed = ref Read(name);
        string where = $"Caller passes invalid args into func#{called.Index} ('{called.Name}'): argument {index + 1}";
        switch (argument.Kind)
        {
            case ArgumentKind.Scalar:
                if (!passed.IsScalar)
                    Fail(VerifierDiagnosticId.GlobalFunction, $"{Name(name)} is not a scalar: {where} is {Describe(passed)}");
                return;
            case ArgumentKind.Context:
                if (passed.Kind != RegisterKind.Context)
                    Fail(VerifierDiagnosticId.GlobalFunction, $"arg#{index} expects pointer to ctx: {where} is {Describe(passed)}");
                CheckStartOf(name, passed);
                return;
            case ArgumentKind.Arena:
                if (passed.Kind != RegisterKind.Arena && !passed.IsScalar)
                    Fail(VerifierDiagnosticId.GlobalFunction, $"{Name(name)} is not a pointer to arena or scalar: {where}");
                return;
            case ArgumentKind.Dynptr:
                if (passed.Kind != RegisterKind.Dynptr)
                    FindDynptr(name, passed);
                return;
            case ArgumentKind.Memory:
                if (passed.IsScalar && passed.Number.IsZero && argument.MayBeNull || argument.IsUntrusted)
                    return;
                if (passed.MayBeNull && !argument.MayBeNull)
                    Fail(VerifierDiagnosticId.GlobalFunction, $"arg#{index} is expected to be non-NULL: {where} is {Describe(passed)}");
                PointerFlags kept = passed.Flags;
                passed.Flags &= ~PointerFlags.MayBeNull;
                CheckMemory(called.Name, name, argument.Size, MemoryAccess.Update, isZeroAllowed: false, new CallFacts());
                registers[(int)name].Flags = kept;
                return;
            case ArgumentKind.Btf:
                CheckPassedObject(where, argument, name, passed);
                return;
        }
    }

    private void CheckPassedObject(string where, FunctionArgument argument, Register name, in RegisterState passed)
    {
        if (passed.IsScalar && passed.Number.IsZero && argument.MayBeNull || argument.IsUntrusted)
            return;
        if (passed.Kind != RegisterKind.Btf || passed.MayBeNull && !argument.MayBeNull)
            Fail(VerifierDiagnosticId.GlobalFunction, $"{Name(name)} type={Naming.KernelName(passed)} expected=ptr_, trusted_ptr_, rcu_ptr_: {where} is {Describe(passed)}");
        if (!passed.Has(PointerFlags.Trusted | PointerFlags.Rcu) && passed.ReferenceId == 0)
            Fail(VerifierDiagnosticId.GlobalFunction, $"{Name(name)} must be referenced or trusted: {where} is {Describe(passed)}");
        if (argument.Type is { } type && !KernelTypes.StartsWith(passed, type.Name))
            Fail(VerifierDiagnosticId.GlobalFunction, $"{Name(name)} is of type {Naming.TypeName(passed)} but {type.Name} is expected: {where}");
    }

    private void WalkGlobalFunctions()
    {
        while (globals.TryDequeue(out Subprogram? function))
        {
            FunctionSignature signature = SignatureOf(function);
            state = NewState(function);
            registers = state.Registers;
            for (int i = 0; i < signature.Arguments.Length; i++)
                registers[i + 1] = Received(signature.Arguments[i]);
            Walk(function.Start);
        }
    }

    private RegisterState Received(FunctionArgument argument)
    {
        PointerFlags nullable = argument.MayBeNull ? PointerFlags.MayBeNull : PointerFlags.None;
        RegisterState received = argument.Kind switch
        {
            ArgumentKind.Scalar => RegisterState.UnknownScalar,
            ArgumentKind.Context => RegisterState.Pointer(RegisterKind.Context),
            ArgumentKind.Arena => RegisterState.Pointer(RegisterKind.Arena),
            ArgumentKind.Dynptr => RegisterState.Pointer(RegisterKind.Dynptr) with { Id = NewId() },
            ArgumentKind.Memory => RegisterState.Pointer(RegisterKind.Memory, nullable | (argument.IsUntrusted ? PointerFlags.Untrusted | PointerFlags.ReadOnly : 0)) with { Range = argument.Size },
            _ => RegisterState.Pointer(RegisterKind.Btf, nullable | (argument.IsUntrusted ? PointerFlags.Untrusted : PointerFlags.Trusted))
                with { Target = argument.Type!.Value.Owner, TypeId = argument.Type.Value.Id },
        };
        if (received.MayBeNull)
            received.Id = NewId();
        return received;
    }
}
