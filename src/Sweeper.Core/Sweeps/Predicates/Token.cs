namespace Sweeper.Core.Sweeps.Predicates;

/// <summary>What a piece of a condition is.</summary>
internal enum TokenKind
{
    Number,
    Name,
    Quoted,
    Sign,
    End,
}

/// <summary>A piece of a condition: its text without quotes, and where it begins.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Offset)
{
    /// <summary>Whether it is this sign or bare word.</summary>
    public bool Is(string text) => Kind is TokenKind.Sign or TokenKind.Name && Text == text;

    /// <summary>What it is, in words for messages.</summary>
    public string Shape => Kind == TokenKind.End ? "the end" : $"'{Text}'";
}
