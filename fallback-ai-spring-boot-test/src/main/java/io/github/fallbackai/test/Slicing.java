// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a body are cut into writes; each write becomes one HTTP chunk of its
 * own.
 */
@FunctionalInterface
interface Slicing {

	/** One write per frame. */
	Slicing BY_FRAME = (steps) -> steps;

	List<Step> slice(List<Step> steps);

	/**
	 * Writes of equal length, whatever the frames are.
	 */
	static Slicing every(int bytes) {
		return (steps) -> new Slicer((position) -> position - position % bytes + bytes).slice(steps);
	}

	/**
	 * Writes that end at these positions of the body, and nowhere else.
	 */
	static Slicing at(int... positions) {
		NavigableSet<Long> cuts = new TreeSet<>();
		for (int position : positions) {
			cuts.add((long) position);
		}
		return (steps) -> new Slicer((position) -> {
			@Nullable Long next = cuts.higher(position);
			return (next != null) ? next : Long.MAX_VALUE;
		}).slice(steps);
	}

	/**
	 * Finds the next cut after a position.
	 */
	@FunctionalInterface
	interface Cuts {

		long after(long position);

	}

	/**
	 * Slices one body; a pause between two frames ends a write too.
	 */
	final class Slicer {

		private final Cuts cuts;

		private final List<Step> slices = new ArrayList<>();

		private final ByteArrayOutputStream slice = new ByteArrayOutputStream();

		private Duration pause = Duration.ZERO;

		Slicer(Cuts cuts) {
			this.cuts = cuts;
		}

		List<Step> slice(List<Step> steps) {
			long position = 0;
			for (Step step : steps) {
				if (!step.pause().isZero()) {
					endSlice();
					this.pause = step.pause();
				}
				ByteBuffer bytes = step.bytes().duplicate();
				while (bytes.hasRemaining()) {
					long cut = this.cuts.after(position);
					byte[] part = new byte[(int) Math.min(cut - position, bytes.remaining())];
					bytes.get(part);
					this.slice.writeBytes(part);
					position += part.length;
					if (position == cut) {
						endSlice();
					}
				}
			}
			endSlice();
			return this.slices;
		}

		private void endSlice() {
			if (this.slice.size() > 0) {
				this.slices.add(new Step(this.pause, ByteBuffer.wrap(this.slice.toByteArray())));
				this.slice.reset();
				this.pause = Duration.ZERO;
			}
		}

	}

}
