// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Writes results as a table, as a CSV file and as a chart.
 */
final class Report {

	private Report() {
	}

	/**
	 * Writes two files and returns the table.
	 * @param name name of the files
	 * @param title title of the chart
	 * @param lines what was measured
	 * @return the table
	 */
	static String write(String name, String title, List<Results.Line> lines) throws IOException {
		Path folder = Files.createDirectories(Path.of(System.getProperty("benchmark.results", "target/results")));
		Files.writeString(folder.resolve(name + ".csv"), csv(lines));
		Files.writeString(folder.resolve(name + ".svg"), BarChart.of(title, lines));
		return table(lines) + "\nwritten: " + folder.resolve(name).toAbsolutePath() + ".csv and .svg";
	}

	private static String csv(List<Results.Line> lines) {
		StringBuilder csv = new StringBuilder("workload,program,cpu_ratio,cpu_microseconds,bytes\n");
		for (Results.Line line : lines) {
			csv.append(String.format(Locale.ROOT, "%s,%s,%.3f,%.3f,%.0f%n", line.workload().name(), line.program(),
					line.ratio(), line.nanos() / 1000, line.bytes()));
		}
		return csv.toString();
	}

	static String table(List<Results.Line> lines) {
		StringBuilder table = new StringBuilder();
		Workload workload = null;
		for (Results.Line line : lines) {
			if (!line.workload().equals(workload)) {
				workload = line.workload();
				table.append(String.format("%n%s (for each %s)%n", workload.name(),
						workload.streaming() ? "chunk" : "call"));
			}
			table.append(String.format(Locale.ROOT, "  %-22s %6.2f x   %9.2f µs   %9.0f B%n", line.program(),
					line.ratio(), line.nanos() / 1000, line.bytes()));
		}
		return table.toString();
	}

}
