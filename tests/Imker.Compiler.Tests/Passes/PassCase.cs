using Imker.Compiler.Ir;
using Imker.Diagnostics;
using Imker.Objects;

namespace Imker.Compiler.Tests.Passes;

/// <summary>Modules to run passes on.</summary>
internal static class PassCase
{
    public static IrModule Parse(string text) => IrParser.Parse(new SourceText("case", text));

    /// <summary>A module with one program.</summary>
    public static IrModule ModuleOf(IrFunction function)
    {
        var module = new IrModule { Shell = new BpfObject { Name = "test" } };
        module.Programs.Add(new IrProgram(function, function.Name));
        return module;
    }
}
