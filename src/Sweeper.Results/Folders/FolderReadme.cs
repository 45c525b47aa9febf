namespace Sweeper.Results.Folders;

/// <summary>`README.txt` of a results folder.</summary>
internal static class FolderReadme
{
    /// <summary>A line for each of the usual readers of tables, runnable in the folder, and one on weights.</summary>
    public const string Text =
        """
        pandas:  import pandas as pd; rows = pd.read_parquet("segments").merge(pd.read_parquet("trials.parquet"), on="trial_id"); curves = pd.read_parquet("curves.parquet")
        polars:  import polars as pl; rows = pl.scan_parquet("segments/*.parquet").join(pl.scan_parquet("trials.parquet"), on="trial_id").collect(); curves = pl.read_parquet("curves.parquet")
        weights (where kept):  import safetensors.torch as st; kept = st.load_file("weights/<pack>.safetensors")  # kept["<trial_id>/<step>/W1"]; members other than 0 are "<trial_id>.<member>/<step>/W1"
        DuckDB:  SELECT * FROM 'segments/*.parquet' JOIN 'trials.parquet' USING (trial_id);  SELECT * FROM 'curves.parquet' WHERE metric = 'loss' ORDER BY step;

        """;
}
