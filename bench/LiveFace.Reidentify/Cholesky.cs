using System.Numerics;

namespace LiveFace.Reidentify;

/// <summary>Solves linear systems with one symmetric, positive definite matrix, of which the lower half is read.</summary>
internal sealed class Cholesky
{
    private readonly double[][] _rows;

    public Cholesky(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        _rows = new double[size][];
        for (var i = 0; i < size; i++)
        {
            var row = _rows[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                var value = matrix[i, j] - Dot(row, _rows[j], j);
                row[j] = i == j ? Math.Sqrt(value) : value / _rows[j][j];
            }
        }
    }

    /// <summary>Puts the solution in the place of the right side.</summary>
    public void Solve(double[] right)
    {
        for (var i = 0; i < right.Length; i++)
            right[i] = (right[i] - Dot(_rows[i], right, i)) / _rows[i][i];
        for (var i = right.Length - 1; i >= 0; i--)
        {
            right[i] /= _rows[i][i];
            for (var j = 0; j < i; j++)
                right[j] -= _rows[i][j] * right[i];
        }
    }

    private static double Dot(double[] a, double[] b, int count)
    {
        var sum = Vector<double>.Zero;
        var i = 0;
        for (; i <= count - Vector<double>.Count; i += Vector<double>.Count)
            sum += new Vector<double>(a, i) * new Vector<double>(b, i);
        var total = Vector.Sum(sum);
        for (; i < count; i++)
            total += a[i] * b[i];
        return total;
    }
}
