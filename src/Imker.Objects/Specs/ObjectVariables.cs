using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Imker.Objects;

/// <summary>The global variables of an object that is not loaded yet.</summary>
public static class ObjectVariables
{
    /// <exception cref="KeyNotFoundException">There is no such variable.</exception>
    public static GlobalVariable GetVariable(this BpfObject source, string name)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Variables.FirstOrDefault(variable => variable.Name == name)
            ?? throw new KeyNotFoundException($"the object '{source.Name}' has no global variable '{name}'"
                + Diagnostics.Spelling.Suggestion(name, source.Variables.Select(variable => variable.Name)));
    }

    /// <summary>The object with another first value of a variable, also of a constant: the verifier then knows it.</summary>
    /// <typeparam name="T">Laid out as the object lays it out.</typeparam>
    /// <param name="source">Stays as it is.</param>
    /// <param name="name">Of the variable.</param>
    /// <param name="value">What it is to be.</param>
    /// <exception cref="KeyNotFoundException">There is no such variable.</exception>
    /// <exception cref="ArgumentException">It has another size.</exception>
    public static BpfObject WithVariable<T>(this BpfObject source, string name, T value)
        where T : unmanaged
    {
        GlobalVariable variable = source.GetVariable(name);
        if (variable.Size != Unsafe.SizeOf<T>())
            throw new ArgumentException($"the variable '{name}' has {variable.Size} bytes, {typeof(T).Name} has {Unsafe.SizeOf<T>()}", nameof(name));
        MapSpec map = source.FindMap(variable.Map)!;
        byte[] contents = new byte[map.ValueSize];
        map.Contents.CopyTo(contents);
        MemoryMarshal.Write(contents.AsSpan(variable.Offset), value);
        return source with { Maps = source.Maps.Replace(map, map with { Contents = contents }) };
    }
}
