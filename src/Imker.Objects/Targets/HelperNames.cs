using System.Globalization;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>Helpers as the kernel calls them; by number where only newer kernels have them.</summary>
internal static class HelperNames
{
    public static string Of(HelperId helper) => HelperTable.TryGet((long)helper, out HelperPrototype? prototype)
        ? prototype.Name
        : ((int)helper).ToString(CultureInfo.InvariantCulture);

    public static HelperId Read(ModelNode node, string name)
    {
        string text = node.Text(name);
        if (HelperTable.TryGet(text, out HelperPrototype? helper))
            return helper.Id;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? (HelperId)number
            : throw node.Malformed(name, $"is '{text}', which no helper is called");
    }
}
