using System.Collections.Immutable;

namespace Imker.Script.Binding;

/// <summary>What this version of the language has, by name: for listings and for the documentation, which is tested against it.</summary>
public static class LanguageReference
{
    /// <summary>The functions as they are called: <c>str(pointer[, length])</c>.</summary>
    public static ImmutableArray<string> Functions { get; } = [.. FunctionTable.Signatures];

    /// <summary>The values read without arguments.</summary>
    public static ImmutableArray<string> Builtins { get; } = [.. BuiltinTable.Names];

    /// <summary>Functions and builtins of newer releases that this version does not have.</summary>
    public static ImmutableArray<string> NotSupported { get; } =
        [.. FunctionTable.NotSupported.Concat(BuiltinTable.NotSupported).Order(StringComparer.Ordinal)];

    /// <summary>The settings that do something.</summary>
    public static ImmutableArray<string> Settings { get; } = [.. ConfigBinder.EffectiveSettings];
}
