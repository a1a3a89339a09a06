// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.benchmarks.Numbers;
import java.util.ArrayList;

/**
 * What was measured. Every value is a median over rounds. Ratios are between rounds that
 * followed each other, because the machine changes while a benchmark runs.
 */
final class Results {

	private final String reference;

	private final Map<Workload, Map<String, List<Round>>> rounds = new LinkedHashMap<>();

	/**
	 * Creates empty results.
	 * @param reference name of the program that others are compared with
	 */
	Results(String reference) {
		this.reference = reference;
	}

	void add(Workload workload, String program, Round round) {
		this.rounds.computeIfAbsent(workload, (key) -> new LinkedHashMap<>())
			.computeIfAbsent(program, (key) -> new ArrayList<>())
			.add(round);
	}

	List<Line> lines() {
		List<Line> lines = new ArrayList<>();
		this.rounds.forEach((workload, programs) -> programs
			.forEach((program, measured) -> lines.add(line(workload, program, measured, programs))));
		return lines;
	}

	private Line line(Workload workload, String program, List<Round> measured, Map<String, List<Round>> programs) {
		List<Round> others = programs.getOrDefault(this.reference, measured);
		double[] ratios = new double[Math.min(measured.size(), others.size())];
		Arrays.setAll(ratios, (i) -> measured.get(i).nanos() / others.get(i).nanos());
		return new Line(workload, program, Numbers.median(ratios),
				Numbers.median(measured.stream().mapToDouble(Round::nanos).toArray()),
				Numbers.median(measured.stream().mapToDouble(Round::bytes).toArray()));
	}

	/**
	 * What one round cost for each call or chunk.
	 *
	 * @param nanos processor time
	 * @param bytes bytes allocated
	 */
	record Round(double nanos, double bytes) {

		/** Reads the answer of a process. */
		static Round of(String answer, int units) {
			String[] numbers = answer.split(" ", -1);
			return new Round(Double.parseDouble(numbers[0]) / units, Double.parseDouble(numbers[1]) / units);
		}

	}

	/**
	 * One program under one workload, for each call or chunk.
	 *
	 * @param workload the workload
	 * @param program the program
	 * @param ratio processor time as a multiple of the reference's
	 * @param nanos processor time
	 * @param bytes bytes allocated
	 */
	record Line(Workload workload, String program, double ratio, double nanos, double bytes) {

	}

}
