namespace Imker.Cli;
internal static class OutputFile { public static Stream Create(string path) => File.Create(path); }
internal static class ScriptFile { public static string Read(string path) => File.ReadAllText(path); }
internal static class ProbeListing { public static int Write(Imker.Objects.ITargetFacts f, string p, bool v, TextWriter o) => 1; }
