using System.Globalization;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>Members of the kernel's enumerations: by bpftool's names, by number where only newer kernels know them.</summary>
internal static class KernelNumber
{
    public static T Read<T>(ModelNode node, string name, KernelConstantTable<T> table)
        where T : struct, Enum
    {
        string text = node.Text(name);
        if (table.TryGet(text, out KernelConstant<T>? constant))
            return constant.Value;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? (T)Enum.ToObject(typeof(T), number)
            : throw node.Malformed(name, $"is '{text}', which the kernel has no name for");
    }
}
