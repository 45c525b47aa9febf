namespace Sweeper.Results.Folders;

/// <summary>`README.txt` of a results folder.</summary>
internal static class FolderReadme
{
    /// <summary>Three lines, one for each of the usual readers, runnable in the folder.</summary>
    public const string Text =
        """
        pandas:  import pandas as pd; rows = pd.read_parquet("segments").merge(pd.read_parquet("trials.parquet"), on="trial_id"); curves = pd.read_parquet("curves.parquet")
        polars:  import polars as pl; rows = pl.scan_parquet("segments/*.parquet").join(pl.scan_parquet("trials.parquet"), on="trial_id").collect(); curves = pl.read_parquet("curves.parquet")
        DuckDB:  SELECT * FROM 'segments/*.parquet' JOIN 'trials.parquet' USING (trial_id);  SELECT * FROM 'curves.parquet' WHERE metric = 'loss' ORDER BY step;

        """;
}
