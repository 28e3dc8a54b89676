using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>Sets the variables of <c>.kconfig</c> from what a target answers.</summary>
public static class KernelConfiguration
{
    private const string Version = "LINUX_KERNEL_VERSION", Cookie = "LINUX_HAS_BPF_COOKIE", Wrapper = "LINUX_HAS_SYSCALL_WRAPPER";

    /// <summary>The object with the contents of its map <c>.kconfig</c>.</summary>
    /// <exception cref="DiagnosticException">The target does not set a variable that is not weak, or sets one to what it cannot hold.</exception>
    public static BpfObject Resolve(BpfObject source, ITargetFacts target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (source.KernelVariables.IsEmpty)
            return source;
        MapSpec map = source.FindMap(FileNames.ConfigurationSection)
            ?? throw new ArgumentException($"the object '{source.Name}' has variables of the configuration, and no map for them", nameof(source));
        var diagnostics = new DiagnosticBag();
        byte[] contents = new byte[map.ValueSize];
        foreach (KernelVariable variable in source.KernelVariables)
        {
            if (ProblemOf(variable, Ask(variable.Name, target), contents.AsSpan(variable.Offset, variable.Size)) is { } problem)
                diagnostics.Error(ObjectDiagnosticId.BadConfiguration, default, $"cannot load {source.Name}: section '{FileNames.ConfigurationSection}': '{variable.Name}' {problem}");
        }
        if (diagnostics.HasErrors)
            throw new DiagnosticException(diagnostics.ToSorted());
        return source with { Maps = source.Maps.Replace(map, map with { Contents = contents }) };
    }

    private static string? Ask(string name, ITargetFacts target) => name switch
    {
        Cookie => target.Has(KernelFeature.AttachCookie) ? "1" : "0",
        Wrapper => target.KernelSymbol(target.Architecture == TargetArchitecture.Arm64 ? "__arm64_sys_bpf" : "__x64_sys_bpf") is null ? "0" : "1",
        Version or ['C', 'O', 'N', 'F', 'I', 'G', '_', ..] => target.KernelConfiguration(name),
        _ => null,
    };

    private static string? ProblemOf(KernelVariable variable, string? value, Span<byte> bytes)
    {
        if (value is null)
            return variable.IsWeak ? null : "is not set in the target's configuration, and not declared weak";
        bool fits = value switch
        {
            "y" or "m" or "n" => TrySetLetter(variable.Kind, value[0], bytes),
            ['"', ..] => TrySetText(variable.Kind, value, bytes),
            _ => TryReadNumber(value, out Int128 number) && TrySetNumber(variable, number, bytes),
        };
        return fits ? null : $"is {value} in the target's configuration, which does not fit its type ({variable.Kind}, {variable.Size} bytes)";
    }

    private static bool TrySetLetter(KernelVariableKind kind, char letter, Span<byte> bytes)
    {
        byte? value = kind switch
        {
            KernelVariableKind.Character => (byte)letter,
            KernelVariableKind.Tristate => letter switch { 'y' => 1, 'm' => 2, _ => 0 },
            KernelVariableKind.Boolean when letter != 'm' => letter == 'y' ? (byte)1 : (byte)0,
            _ => null,
        };
        if (value is { } known)
            bytes[0] = known;
        return value is not null;
    }

    // A text that is too long is cut: so does libbpf.
    private static bool TrySetText(KernelVariableKind kind, string value, Span<byte> bytes)
    {
        if (kind != KernelVariableKind.Text || value is not ['"', .., '"'] || value.Length < 2)
            return false;
        ReadOnlySpan<byte> text = Encoding.UTF8.GetBytes(value[1..^1]);
        text[..Math.Min(text.Length, bytes.Length - 1)].CopyTo(bytes);
        return true;
    }

    private static bool TryReadNumber(string value, out Int128 number)
    {
        bool isNegative = value.StartsWith('-');
        string digits = isNegative ? value[1..] : value;
        bool isRead = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong magnitude)
            : ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out magnitude);
        number = isNegative ? -(Int128)magnitude : magnitude;
        return isRead;
    }

    private static bool TrySetNumber(KernelVariable variable, Int128 number, Span<byte> bytes)
    {
        if (variable.Kind is KernelVariableKind.Text or KernelVariableKind.Tristate || variable.Kind == KernelVariableKind.Boolean && number != 0 && number != 1)
            return false;
        int bits = 8 * variable.Size;
        (Int128 low, Int128 high) = variable.IsSigned ? (-((Int128)1 << (bits - 1)), ((Int128)1 << (bits - 1)) - 1) : (0, ((Int128)1 << bits) - 1);
        if (number < low || number > high)
            return false;
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteInt64LittleEndian(wide, unchecked((long)(UInt128)number));
        wide[..bytes.Length].CopyTo(bytes);
        return true;
    }
}
