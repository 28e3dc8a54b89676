using System.Text;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Compiler.Tests.Backend;

/// <summary>The assembly of an object, function by function.</summary>
internal static class Listing
{
    public static string Of(BpfObject compiled)
    {
        var text = new StringBuilder();
        foreach (FunctionSpec function in compiled.Programs.Select(p => p.Entry).Concat(compiled.Functions))
        {
            text.Append(function.Name).Append(":\n");
            text.Append(Disassembler.Format(new Code(function.Instructions), DisassemblyOptions.Listing));
        }
        return text.ToString();
    }
}
