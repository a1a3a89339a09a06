// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a soak did and found, as a table for people.
 */
final class SoakReport {

	private final StringBuilder text = new StringBuilder();

	SoakReport(SoakSettings settings, Traffic traffic, Duration duration) {
		title("Soak with " + settings);
		line("calls", traffic.ended() + " in " + duration.toSeconds() + " s, "
				+ traffic.ended() / Math.max(1, duration.toSeconds()) + " per second");
		traffic.ends().forEach((form, ends) -> line("  " + form, listed(ends)));
	}

	SoakReport section(String title, Map<?, LongAdder> counts) {
		title(title);
		counts.forEach((what, count) -> line("  " + what, count.toString()));
		return this;
	}

	SoakReport line(String what, String value) {
		this.text.append(String.format(Locale.ROOT, "%-58s %s%n", what, value));
		return this;
	}

	SoakReport checks(List<Findings.Row> rows) {
		title("Afterwards");
		for (Findings.Row row : rows) {
			line("  " + row.what(), String.format(Locale.ROOT, "%14d %-16s %s", row.found(), "(" + row.expected() + ")",
					row.right() ? "ok" : "WRONG"));
		}
		return this;
	}

	SoakReport findings(Findings findings) {
		title(findings.count() + " findings");
		findings.texts().forEach((finding) -> this.text.append("  ").append(finding).append(System.lineSeparator()));
		return this;
	}

	private void title(String title) {
		this.text.append(System.lineSeparator()).append(title).append(System.lineSeparator());
	}

	private static String listed(Map<String, LongAdder> ends) {
		StringBuilder list = new StringBuilder();
		ends.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.forEach((end) -> list.append(list.isEmpty() ? "" : ", ")
				.append(end.getValue())
				.append(' ')
				.append(end.getKey()));
		return list.toString();
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
