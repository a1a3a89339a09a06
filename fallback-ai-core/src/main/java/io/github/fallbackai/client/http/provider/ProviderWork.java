// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.provider.catalogue.EndingWords;

/**
 * What a provider itself works on for an answer, such as a search. It may say nothing
 * until that is done. Belongs to one answer.
 */
public final class ProviderWork {

	private final Set<String> open = new HashSet<>(2);

	private final Consumer<EndpointEvent> progress;

	ProviderWork(Consumer<EndpointEvent> progress) {
		this.progress = progress;
	}

	/**
	 * Whether a word says that the model stopped, but no table knows why: perhaps between
	 * two tools of the provider, which will go on when the client asks for that.
	 * @param word the provider's word for the end
	 */
	public static boolean mayBePaused(String word) {
		EndingWords.Ending ending = EndingWords.find(word);
		return EndingWords.given(word) && ending.reason() == FinishReason.OTHER && ending.failure() == null;
	}

	/**
	 * The provider begins with something.
	 * @param what what it is; unique within the answer
	 */
	public void begins(String what) {
		this.open.add(what);
		this.progress.accept(new EndpointEvent.SilentWork(true));
	}

	/**
	 * The provider is done with something. Nothing happens if that did not begin, or if
	 * the model said more since.
	 * @param what what it is
	 */
	public void ends(String what) {
		if (this.open.remove(what)) {
			this.progress.accept(new EndpointEvent.SilentWork(!this.open.isEmpty()));
		}
	}

	/** A sign of life that says nothing. It counts while the provider works. */
	public void goesOn() {
		if (!this.open.isEmpty()) {
			this.progress.accept(new EndpointEvent.SilentWork(true));
		}
	}

	/** The model goes on, so it has what it waited for, whether it was told or not. */
	void over() {
		if (!this.open.isEmpty()) {
			this.open.clear();
			this.progress.accept(new EndpointEvent.SilentWork(false));
		}
	}

}
