// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * What Prometheus reads from a registry at one moment.
 */
final class Scrape {

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? (\\S+)$");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	private final String text;

	private Scrape(String text) {
		this.text = text;
	}

	static Scrape of(PrometheusMeterRegistry registry) {
		return new Scrape(registry.scrape());
	}

	/** The sum of all series of a name that have the labels, given as name and value. */
	double sum(String name, String... labels) {
		double sum = 0;
		Matcher samples = SAMPLE.matcher(this.text);
		while (samples.find()) {
			if (samples.group(1).equals(name) && has(labels, labels(samples.group(2)))) {
				sum += Double.parseDouble(samples.group(3));
			}
		}
		return sum;
	}

	private static boolean has(String[] wanted, Map<String, String> present) {
		for (int i = 0; i < wanted.length; i += 2) {
			if (!wanted[i + 1].equals(present.get(wanted[i]))) {
				return false;
			}
		}
		return true;
	}

	private static Map<String, String> labels(String text) {
		Map<String, String> labels = new HashMap<>();
		if (text != null) {
			Matcher label = LABEL.matcher(text);
			while (label.find()) {
				labels.put(label.group(1), label.group(2));
			}
		}
		return labels;
	}

}
