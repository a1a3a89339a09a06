// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.util.Comparator;

/**
 * Orders the states of one endpoint: the greater version is the later one. A line of
 * states starts with a random epoch and counts from there. If two instances each start a
 * line without knowing of one another, they agree on the greater epoch. Either line would
 * do, as long as every instance chooses the same.
 *
 * @param epoch the line of states
 * @param counter the position in it, from 1
 */
public record Version(long epoch, long counter) implements Comparable<Version> {

	private static final Comparator<Version> ORDER = Comparator.comparingLong(Version::epoch)
		.thenComparingLong(Version::counter);

	/**
	 * The version that follows this one in the same line.
	 * @return the next version
	 */
	public Version next() {
		return new Version(this.epoch, this.counter + 1);
	}

	@Override
	public int compareTo(Version other) {
		return ORDER.compare(this, other);
	}

}
