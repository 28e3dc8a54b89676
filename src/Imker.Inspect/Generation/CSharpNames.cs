using System.Text;

namespace Imker.Inspect;

/// <summary>Names of C in C#'s spelling, each given once.</summary>
internal sealed class CSharpNames(params IEnumerable<string> taken)
{
    private readonly HashSet<string> names = [.. taken];

    /// <summary>The name in C#'s spelling, with a number behind it where it is given already.</summary>
    public string Take(string name)
    {
        string wanted = Pascal(name);
        string result = wanted;
        for (int number = 2; !names.Add(result); number++)
            result = $"{wanted}{number}";
        return result;
    }

    /// <summary><c>on_exec</c> is <c>OnExec</c>. What C# does not take in a name is left out.</summary>
    public static string Pascal(string name)
    {
        var result = new StringBuilder(name.Length);
        bool startsWord = true;
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                startsWord = true;
                continue;
            }
            result.Append(startsWord ? char.ToUpperInvariant(c) : c);
            startsWord = false;
        }
        if (result.Length == 0 || char.IsAsciiDigit(result[0]))
            result.Insert(0, '_');
        return result.ToString();
    }
}
