namespace Imker.Verifier;

/// <summary>The kinds of refusals; <c>imker verify --explain ID</c> tells more about each.</summary>
public static class VerifierDiagnosticId
{
    /// <summary>A register is read that no path has set.</summary>
    public const string UnsetRegister = "IMK8101";

    /// <summary>Memory is accessed through what is no pointer to memory.</summary>
    public const string NoPointer = "IMK8102";

    /// <summary>A pointer is used that may be null.</summary>
    public const string MaybeNull = "IMK8103";

    /// <summary>An access may go out of its object's bounds.</summary>
    public const string OutOfBounds = "IMK8104";

    /// <summary>A packet is accessed beyond what was proven to be there.</summary>
    public const string PacketRange = "IMK8105";

    /// <summary>The context has no such field, or not for this program.</summary>
    public const string ContextAccess = "IMK8106";

    /// <summary>Arithmetic that this kind of pointer does not take.</summary>
    public const string PointerArithmetic = "IMK8107";

    /// <summary>The stack is accessed where it is not, or read where nothing was written.</summary>
    public const string StackAccess = "IMK8108";

    /// <summary>A helper or kernel function that this program may not call.</summary>
    public const string NotCallable = "IMK8109";

    /// <summary>An argument is not what the called function takes.</summary>
    public const string Argument = "IMK8110";

    /// <summary>A reference is not given back, or given back wrongly.</summary>
    public const string Reference = "IMK8111";

    /// <summary>What is not allowed while a lock is held, or a lock taken or given back wrongly.</summary>
    public const string Lock = "IMK8112";

    /// <summary>The shape of the code: a jump to nowhere, code that is never reached.</summary>
    public const string ControlFlow = "IMK8113";

    /// <summary>A loop that does not end.</summary>
    public const string EndlessLoop = "IMK8114";

    /// <summary>The analysis takes more steps, states or branches than are granted.</summary>
    public const string TooLarge = "IMK8115";

    /// <summary>The value that is returned is not one of those allowed.</summary>
    public const string ReturnValue = "IMK8116";

    /// <summary>The map is not of the kind that is needed, or is written though read-only.</summary>
    public const string MapUse = "IMK8117";

    /// <summary>More stack or deeper calls than there may be.</summary>
    public const string StackDepth = "IMK8118";

    /// <summary>Only for programs under a licence compatible with the GPL.</summary>
    public const string License = "IMK8119";

    /// <summary>A dynptr is used that is not in the needed state.</summary>
    public const string Dynptr = "IMK8120";

    /// <summary>An iterator is used that is not in the needed state.</summary>
    public const string Iterator = "IMK8121";

    /// <summary>A field such as a lock or a kernel pointer is accessed like data.</summary>
    public const string SpecialField = "IMK8122";

    /// <summary>The instruction or program type is not known to the target.</summary>
    public const string NotInTarget = "IMK8123";

    /// <summary>A kernel structure is accessed in a way that it does not allow.</summary>
    public const string KernelObject = "IMK8124";

    /// <summary>An access is not aligned.</summary>
    public const string Alignment = "IMK8125";

    /// <summary>A global function's signature, or what is passed to it.</summary>
    public const string GlobalFunction = "IMK8126";

    /// <summary>A section without preemption, interrupts or RCU is not ended, or something in it is not allowed.</summary>
    public const string CriticalSection = "IMK8127";

    /// <summary>An instruction's fields make no sense.</summary>
    public const string BadInstruction = "IMK8128";
}
