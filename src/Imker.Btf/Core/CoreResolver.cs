using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Imker.Btf;

/// <summary>
/// Answers the CO-RE relocations of one program's BTF from a target's types, as libbpf and the kernel do (<c>relo_core.c</c>). Every
/// type of the target that may be meant is asked; their answers must agree.
/// </summary>
/// <param name="local">The types that the program was compiled with.</param>
/// <param name="target">The types to adapt to; null when there are none: then all that can be answered is what the program itself knows.</param>
public sealed class CoreResolver(BtfFile local, CoreTarget? target)
{
    private readonly Dictionary<uint, ImmutableArray<BtfType>> candidates = [];
    private readonly Dictionary<(CoreRelocationKind, uint, string), (CoreAnswer, CoreProblem?)> answers = [];

    /// <summary>The answer to one relocation.</summary>
    /// <param name="kind">What is asked.</param>
    /// <param name="typeId">The type of the program that it is asked of.</param>
    /// <param name="access">The way to the field or enumerator: <c>0:2:1</c>.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="problem">Why there is none; null when there is one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The program has no such type.</exception>
    public bool TryResolve(CoreRelocationKind kind, uint typeId, string access, out CoreAnswer answer, [NotNullWhen(false)] out CoreProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(access);
        if (!answers.TryGetValue((kind, typeId, access), out (CoreAnswer Answer, CoreProblem? Problem) known))
        {
            known.Answer = Resolve(kind, local[typeId], access, out known.Problem);
            answers.Add((kind, typeId, access), known);
        }
        (answer, problem) = known;
        return problem is null;
    }

    /// <summary>What a relocation is about, for messages: <c>byte offset of field 'struct task_struct.pid'</c>.</summary>
    public string Describe(CoreRelocationKind kind, uint typeId, string access) =>
        $"{kind.Describe()} '{CorePath.Parse(local[typeId], kind, access, out _)}'";

    private CoreAnswer Resolve(CoreRelocationKind kind, BtfType type, string access, out CoreProblem? problem)
    {
        string? text = null;
        CorePath path = CorePath.Parse(type, kind, access, out string? malformed);
        if (!kind.IsKnown())
            text = "this reader does not know it";
        else if (malformed is not null)
            text = $"its access string '{access}' is malformed: {malformed}";
        else if (kind != CoreRelocationKind.TypeIdLocal && type.NameBytes.IsEmpty)
            text = "its type has no name to be found by";
        CoreAspect own = default;
        // Linking may have renumbered the program's own types behind the instruction's back.
        if (text is null && kind != CoreRelocationKind.TypeIdLocal)
            own = CoreAspect.Of(path, kind, out text);
        problem = text is null ? null : new CoreProblem(text, IsAmbiguous: false);
        if (problem is not null || kind == CoreRelocationKind.TypeIdLocal)
            return new CoreAnswer(type.Id, type.Id);
        return Choose(path, kind, own, out problem);
    }

    private CoreAnswer Choose(CorePath path, CoreRelocationKind kind, CoreAspect own, out CoreProblem? problem)
    {
        problem = null;
        (CorePath Path, CoreAnswer Answer)? chosen = null;
        var matching = ImmutableArray.CreateBuilder<BtfType>();
        foreach (BtfType candidate in CandidatesFor(path.Root))
        {
            if (CorePathMatch.Follow(path, candidate, kind) is not { } found)
                continue;
            CoreAnswer answer = AnswerOf(own, CoreAspect.Of(found, kind, out string? text));
            if (text is not null)
                problem = new CoreProblem($"of the target's type {candidate.Id}, {text}", IsAmbiguous: false);
            else if (chosen is { } other && (other.Path.BitOffset != found.BitOffset || other.Answer.TargetValue != answer.TargetValue))
                problem = new CoreProblem("the target has several types of this name, which disagree: "
                    + $"type {other.Path.Root.Id} says {other.Answer.TargetValue} (bit {other.Path.BitOffset}), "
                    + $"type {candidate.Id} {answer.TargetValue} (bit {found.BitOffset})", IsAmbiguous: true);
            if (problem is not null)
                return default;
            chosen ??= (found, answer);
            matching.Add(candidate);
        }
        // What one relocation ruled out, the next of the same type need not ask again.
        if (matching.Count > 0)
            candidates[path.Root.Id] = matching.ToImmutable();
        return chosen?.Answer ?? Missing(kind, own);
    }

    private ImmutableArray<BtfType> CandidatesFor(BtfType type)
    {
        if (!candidates.TryGetValue(type.Id, out ImmutableArray<BtfType> found))
            candidates.Add(type.Id, found = target?.CandidatesFor(type) ?? []);
        return found;
    }

    private static CoreAnswer AnswerOf(CoreAspect own, CoreAspect found) => new(own.Value, found.Value)
    {
        IsLocalCertain = own.IsCertain,
        LocalSize = own.AccessSize,
        TargetSize = found.AccessSize,
        IsSizeUnsafe = own.AccessSize != found.AccessSize && !IsResizable(own.AccessType, found.AccessType),
    };

    // A missing type's size, id and existence are 0; an offset or a value that is missing has no number at all.
    private static CoreAnswer Missing(CoreRelocationKind kind, CoreAspect own) => new(own.Value, 0)
    {
        IsLocalCertain = own.IsCertain,
        IsMissing = kind == CoreRelocationKind.EnumeratorValue || kind.IsField() && kind != CoreRelocationKind.FieldExists,
    };

    private static bool IsResizable(BtfType own, BtfType found) =>
        own.Kind == BtfKind.Pointer && found.Kind == BtfKind.Pointer
        || own.Kind == BtfKind.Int && found.Kind == BtfKind.Int && !own.IsSigned && !found.IsSigned;
}
