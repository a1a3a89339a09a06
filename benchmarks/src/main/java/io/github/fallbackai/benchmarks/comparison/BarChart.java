// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws processor times relative to the reference as bars, one group for each workload.
 */
final class BarChart {

	private static final int WIDTH = 760;

	private static final int LEFT = 200;

	private static final int BAR = 16;

	private static final int GAP = 6;

	private static final int HEADING = 34;

	/** Longer bars are cut, so that short ones can be compared. */
	private static final double MOST = 6;

	private BarChart() {
	}

	/**
	 * Draws.
	 * @param title title of the chart
	 * @param lines what was measured
	 * @return the chart as SVG
	 */
	static String of(String title, List<Results.Line> lines) {
		List<String> parts = new ArrayList<>();
		int y = HEADING;
		parts.add(text(10, 22, "font-size=\"16\" font-weight=\"bold\"", title));
		Workload workload = null;
		int top = y;
		for (Results.Line line : lines) {
			if (!line.workload().equals(workload)) {
				workload = line.workload();
				y += HEADING;
				parts.add(text(10, y - 8, "font-size=\"13\" font-weight=\"bold\"", workload.name()));
			}
			parts.add(bar(y, line));
			y += BAR + GAP;
		}
		parts.add(0, mark(top, y));
		return String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
						+ "font-family=\"sans-serif\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n%s%n</svg>%n",
				WIDTH, y + GAP, WIDTH, y + GAP, String.join("\n", parts));
	}

	/** A line at the cost of the reference. */
	private static String mark(int top, int bottom) {
		double x = x(1);
		return String.format(Locale.ROOT,
				"<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#999\" stroke-dasharray=\"3 3\"/>", x, top,
				x, bottom);
	}

	private static String bar(int y, Results.Line line) {
		boolean ours = line.program().startsWith("fallback-ai") || line.program().startsWith("gateway");
		double end = x(Math.min(line.ratio(), MOST));
		String value = String.format(Locale.ROOT, "%.2f×  %.0f B", line.ratio(), line.bytes());
		return text(10, y + 12, "font-size=\"12\"", line.program())
				+ String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>", LEFT,
						y, end - LEFT, BAR, ours ? "#2563eb" : "#b8c0cc")
				+ text((int) end + 6, y + 12, "font-size=\"12\"", value);
	}

	private static double x(double ratio) {
		return LEFT + ratio * (WIDTH - LEFT - 130) / MOST;
	}

	private static String text(int x, int y, String style, String text) {
		return String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" %s>%s</text>", x, y, style, text);
	}

}
