// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateOrder;
import io.github.fallbackai.engine.candidate.PricedRequest;
import io.github.fallbackai.engine.candidate.Requirements;
import io.github.fallbackai.engine.timing.Deadline;
import io.github.fallbackai.policy.CallSettings;

/**
 * The state that the parts of one call share: the request, the endpoints, and what has
 * happened so far.
 *
 * @param chain the endpoints and how calls to them are carried out
 * @param order the order in which this call asks them
 * @param requirements which of them can serve the request at all
 * @param delivery what the caller sees before the answer is complete
 * @param deadline how much time is left
 * @param history the attempts so far
 * @param transcript what the caller received so far
 * @param log tells listeners
 * @param end the end of the call
 */
record CallState(CandidateChain chain, CandidateOrder order, Requirements requirements, Delivery delivery,
		Deadline deadline, CallHistory history, Transcript transcript, CallLog log, CallEnd end) {

	CallSettings settings() {
		return this.chain.settings();
	}

	/** The request and what it costs. */
	PricedRequest request() {
		return this.requirements.request();
	}

}
