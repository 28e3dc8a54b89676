using System.Runtime.InteropServices;
using Imker.Linux;
using Imker.Objects;
using Imker.Tracing.Records;

namespace Imker.Tracing.Maps;

/// <summary>The variables in global data that the host sets. Programs only read them, so a section may be written back whole.</summary>
internal sealed class HostVariableTable(LoadedObject loaded)
{
    private static ReadOnlySpan<byte> SectionKey => [0, 0, 0, 0];

    public ulong Read(string name)
    {
        GlobalVariable variable = Find(name) ?? throw new ArgumentException($"The object has no variable '{name}'.", nameof(name));
        return ValueReader.Word(ReadSection(variable).AsSpan(variable.Offset));
    }

    public void Write(string name, ulong value)
    {
        GlobalVariable variable = Find(name) ?? throw new ArgumentException($"The object has no variable '{name}'.", nameof(name));
        Write(variable, value);
    }

    /// <summary>Sets a variable, if the script uses it.</summary>
    public void WriteIfPresent(string name, ulong value)
    {
        if (Find(name) is { } variable)
            Write(variable, value);
    }

    private GlobalVariable? Find(string name) => loaded.Blueprint.Variables.FirstOrDefault(v => v.Name == name);

    private byte[] ReadSection(GlobalVariable variable)
    {
        KernelMap map = loaded.Maps[variable.Map];
        byte[] section = new byte[map.ValueBufferSize];
        map.TryLookup(SectionKey, section);
        return section;
    }

    private void Write(GlobalVariable variable, ulong value)
    {
        byte[] section = ReadSection(variable);
        MemoryMarshal.Write(section.AsSpan(variable.Offset), value);
        loaded.Maps[variable.Map].Update(SectionKey, section);
    }
}
