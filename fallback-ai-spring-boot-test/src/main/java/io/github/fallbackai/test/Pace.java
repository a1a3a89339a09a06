// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.test.wire.Frame;
import io.github.fallbackai.test.wire.Frame.Kind;

/**
 * How fast a simulated model is.
 *
 * @param headers the time before the headers
 * @param firstToken the time between the headers and the first token
 * @param token the time between two tokens
 */
record Pace(Duration headers, Duration firstToken, Duration token) {

	static final Pace INSTANT = new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO);

	Pace withHeaders(Duration headers) {
		return new Pace(headers, this.firstToken, this.token);
	}

	Pace withFirstToken(Duration firstToken) {
		return new Pace(this.headers, firstToken, this.token);
	}

	Pace withToken(Duration token) {
		return new Pace(this.headers, this.firstToken, token);
	}

	/**
	 * Returns the time before the headers, in which a body that is sent as a whole must
	 * be generated too.
	 */
	Duration beforeHeaders(List<Frame> frames) {
		int generated = frames.stream().filter((frame) -> frame.kind() == Kind.BODY).mapToInt(Frame::tokens).sum();
		if (generated == 0) {
			return this.headers;
		}
		return this.headers.plus(this.firstToken).plus(this.token.multipliedBy(generated - 1));
	}

	List<Step> schedule(List<Frame> frames) {
		List<Step> steps = new ArrayList<>(frames.size());
		Duration next = this.firstToken;
		for (Frame frame : frames) {
			boolean token = frame.kind() == Kind.TOKEN;
			steps.add(Step.of(token ? next : Duration.ZERO, frame.text()));
			next = token ? this.token : next;
		}
		return steps;
	}

}
