// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.assertj;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

import io.github.fallbackai.test.Ending;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.RecordedRequest;

/**
 * Assertions on the requests that a {@link ProviderSimulator} got since the test began,
 * or since {@link ProviderSimulator#clear()}. A request counts when all of it has
 * arrived. Failures name the requests, never their content.
 */
public final class SimulatorAssert extends AbstractAssert<SimulatorAssert, ProviderSimulator> {

	private SimulatorAssert(ProviderSimulator actual) {
		super(actual, SimulatorAssert.class);
	}

	/**
	 * Begins an assertion.
	 * @param actual the provider
	 * @return the assertion
	 */
	public static SimulatorAssert assertThat(ProviderSimulator actual) {
		return new SimulatorAssert(actual);
	}

	/**
	 * Fails unless there was a request.
	 * @return this assertion
	 */
	public SimulatorAssert wasAsked() {
		if (requests().isEmpty()) {
			failWithMessage("%s was not asked", name());
		}
		return this;
	}

	/**
	 * Fails unless there were as many requests.
	 * @param times how many
	 * @return this assertion
	 */
	public SimulatorAssert wasAsked(int times) {
		List<RecordedRequest> requests = requests();
		if (requests.size() != times) {
			failWithMessage("%s was asked %s times, not %s: %s", name(), requests.size(), times, requests);
		}
		return this;
	}

	/**
	 * Fails if there was a request.
	 * @return this assertion
	 */
	public SimulatorAssert wasNotAsked() {
		return wasAsked(0);
	}

	/**
	 * Fails unless there were requests, all of them for that model.
	 * @param model the model's name
	 * @return this assertion
	 */
	public SimulatorAssert wasAskedFor(String model) {
		wasAsked();
		requests().stream()
			.filter((request) -> !request.model().equals(model))
			.forEach((request) -> failWithMessage("%s was asked for the model <%s>, not <%s>: %s", name(),
					request.model(), model, request));
		return this;
	}

	/**
	 * Fails unless a request has that header with that value.
	 * @param header the header's name in any case
	 * @param value its first value
	 * @return this assertion
	 */
	public SimulatorAssert sawHeader(String header, String value) {
		List<RecordedRequest> requests = requests();
		if (requests.stream().noneMatch((request) -> value.equals(request.header(header)))) {
			failWithMessage("%s saw no header %s with that value: %s", name(), header, requests);
		}
		return this;
	}

	/**
	 * Fails unless the last user message of a request is that question.
	 * @param question the text
	 * @return this assertion
	 */
	public SimulatorAssert saw(String question) {
		List<RecordedRequest> requests = requests();
		if (requests.stream().noneMatch((request) -> request.lastUserMessage().equals(question))) {
			failWithMessage("%s did not see that question: %s", name(), requests);
		}
		return this;
	}

	/**
	 * Fails unless the latest request ends like that. Waits for its end.
	 * @param ending how it has to end
	 * @param timeout how long to wait at most
	 * @return this assertion
	 */
	public SimulatorAssert lastEnds(Ending ending, Duration timeout) {
		wasAsked();
		List<RecordedRequest> requests = requests();
		RecordedRequest last = requests.get(requests.size() - 1);
		Ending found = last.awaitEnding(timeout);
		if (found != ending) {
			failWithMessage("the last request to %s ended %s, not %s: %s", name(), found, ending, last);
		}
		return this;
	}

	/**
	 * Goes on with the requests themselves.
	 * @return the assertion on the latest ones, oldest first
	 */
	public ListAssert<RecordedRequest> askedRequests() {
		return Assertions.assertThat(requests());
	}

	private List<RecordedRequest> requests() {
		isNotNull();
		return Objects.requireNonNull(this.actual).requests();
	}

	private String name() {
		String endpoint = Objects.requireNonNull(this.actual).endpoint();
		return endpoint.isEmpty() ? "the provider" : "endpoint " + endpoint;
	}

}
