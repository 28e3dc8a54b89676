using Imker.Diagnostics;
using Imker.Script.Syntax;

namespace Imker.Script.Tests.Syntax;

public sealed class InstalledScriptTests
{
    /// <summary>The tools of Debian's bpftrace package, where it is installed.</summary>
    private static string[] InstalledScripts => Directory.Exists("/usr/sbin") ? Directory.GetFiles("/usr/sbin", "*.bt") : [];

    [Fact]
    public void Every_tool_of_the_bpftrace_package_parses()
    {
        Assert.SkipWhen(InstalledScripts.Length == 0, "the bpftrace package is not installed: apt-get install bpftrace");
        Assert.All(InstalledScripts, path =>
        {
            var diagnostics = new DiagnosticBag();
            ScriptSyntax script = ScriptSyntax.Parse(new SourceText(path, File.ReadAllText(path)), diagnostics);

            Assert.Empty(diagnostics.ToSorted());
            Assert.NotEmpty(script.Probes);
        });
    }
}
