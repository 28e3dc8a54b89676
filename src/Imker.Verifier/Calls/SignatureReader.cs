using System.Collections.Immutable;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Objects;
using Imker.Verifier.Code;
using Imker.Verifier.Context;

namespace Imker.Verifier.Calls;

/// <summary>What the types and tags of a global function say of its arguments (kernel: <c>btf_prepare_func_args</c>).</summary>
internal static class SignatureReader
{
    private const string TagPrefix = "arg:";

    public static FunctionSignature Read(Subprogram function, ProgramSpec program, VerifierTarget target, BtfFile? types)
    {
        if (types is null || function.Type is not { } type || type.Target.Kind != BtfKind.FunctionPrototype)
            return new FunctionSignature([], ReturnsVoid: false, "the function has no type information");
        BtfType prototype = type.Target;
        BtfType result = prototype.Target.SkipModifiers();
        if (!result.IsVoid && result.Kind is not (BtfKind.Int or BtfKind.Enum or BtfKind.Enum64))
            return new FunctionSignature([], ReturnsVoid: false, $"Global function {function.Name}() doesn't return scalar. Only those are supported.");
        ImmutableArray<BtfParameter> parameters = prototype.Parameters;
        if (parameters.Length > 5)
            return new FunctionSignature([], result.IsVoid, $"Global function {function.Name}() with {parameters.Length} > 5 args. Buggy compiler.");
        var arguments = ImmutableArray.CreateBuilder<FunctionArgument>(parameters.Length);
        for (int i = 0; i < parameters.Length; i++)
        {
            if (ReadArgument(type, parameters[i].Type, i, program, target, types, out FunctionArgument argument) is { } problem)
                return new FunctionSignature([], result.IsVoid, $"Arg#{i} type in {function.Name}() is not supported yet: {problem}");
            arguments.Add(argument);
        }
        return new FunctionSignature(arguments.MoveToImmutable(), result.IsVoid);
    }

    private static string? ReadArgument(BtfType function, BtfType type, int index, ProgramSpec program, VerifierTarget target, BtfFile types, out FunctionArgument argument)
    {
        HashSet<string> tags = TagsOf(function, index, types);
        BtfType bare = type.SkipModifiers();
        argument = default;
        if (bare.Kind is BtfKind.Int or BtfKind.Enum or BtfKind.Enum64)
        {
            argument = new FunctionArgument(ArgumentKind.Scalar);
            return tags.Count == 0 ? null : "tags on a number";
        }
        if (bare.Kind != BtfKind.Pointer)
            return $"{bare.Kind}";
        BtfType pointee = bare.Target.SkipModifiers();
        if (tags.Contains("ctx") || IsContext(pointee, bare.Target, program))
        {
            argument = new FunctionArgument(ArgumentKind.Context);
            return null;
        }
        if (tags.Contains("arena"))
        {
            argument = new FunctionArgument(ArgumentKind.Arena);
            return null;
        }
        if (pointee.Kind == BtfKind.Struct && pointee.Name is "bpf_dynptr" or "bpf_dynptr_kern")
        {
            argument = new FunctionArgument(ArgumentKind.Dynptr);
            return null;
        }
        if (tags.Contains("trusted") || tags.Contains("untrusted") && pointee.Kind == BtfKind.Struct && IsOfKernel(pointee, target))
        {
            if (target.Types is not { } kernel || !kernel.TryFind(BtfKind.Struct, pointee.Name.Split("___")[0], out BtfType known))
                return $"the kernel has no structure '{pointee.Name}'";
            argument = new FunctionArgument(ArgumentKind.Btf, tags.Contains("nullable"), Type: known, IsUntrusted: tags.Contains("untrusted"));
            return null;
        }
        if (tags.Contains("untrusted"))
        {
            argument = new FunctionArgument(ArgumentKind.Memory, Size: int.MaxValue, IsUntrusted: true);
            return null;
        }
        if (!types.TryGetSize(pointee, out ulong size) || size == 0)
            return $"reference type('{pointee.Kind} {pointee.Name}') size cannot be determined";
        argument = new FunctionArgument(ArgumentKind.Memory, !tags.Contains("nonnull"), (int)Math.Min(size, int.MaxValue));
        return null;
    }

    private static bool IsOfKernel(BtfType type, VerifierTarget target) =>
        target.Types is { } kernel && kernel.TryFind(BtfKind.Struct, type.Name.Split("___")[0], out _);

    private static bool IsContext(BtfType pointee, BtfType written, ProgramSpec program)
    {
        if (pointee.Kind == BtfKind.Struct && pointee.Name == ContextTable.NameOf(program.Type))
            return true;
        if (pointee.Kind == BtfKind.Struct && program.Type is ProgramType.Kprobe or ProgramType.PerfEvent && pointee.Name is "pt_regs" or "bpf_user_pt_regs_t" && program.Type == ProgramType.Kprobe)
            return true;
        return program.Type == ProgramType.Kprobe && written.Kind == BtfKind.Typedef && written.Name == "bpf_user_pt_regs_t";
    }

    private static HashSet<string> TagsOf(BtfType function, int index, BtfFile types)
    {
        var tags = new HashSet<string>(StringComparer.Ordinal);
        foreach (BtfType tag in types.OwnTypes)
        {
            if (tag.Kind == BtfKind.DeclarationTag && tag.Target == function && tag.ComponentIndex == index && tag.Name.StartsWith(TagPrefix, StringComparison.Ordinal))
                tags.Add(tag.Name[TagPrefix.Length..]);
        }
        return tags;
    }
}
