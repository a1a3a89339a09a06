// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.regex.Pattern;

import io.github.fallbackai.client.http.provider.RefusalText;
import io.github.fallbackai.client.http.provider.catalogue.HistoryWords;
import io.github.fallbackai.client.http.provider.catalogue.HistoryWords.Complaint;
import org.jspecify.annotations.Nullable;

/**
 * A refusal for the sake of earlier messages. Another provider may have made them, so it
 * is not the caller's mistake.
 *
 * @param correction the change by which they may be accepted, {@code null} if there is
 * none
 */
record HistoryRefusal(@Nullable Correction correction) {

	/** Ways to say that a member is not taken. */
	private static final Pattern DENIAL = Pattern.compile(
			"\\bunsupported\\b|\\bnot (?:supported|allowed|permitted|recogni[sz]ed|expected)\\b"
					+ "|\\b(?:unknown|unexpected|unrecogni[sz]ed|extra|additional|forbidden|invalid)\\b",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Looks for such a refusal.
	 * @param text what the provider wrote
	 * @param sent the request
	 * @return what it means, {@code null} if the provider refuses something else
	 */
	static @Nullable HistoryRefusal of(RefusalText text, SentRequest sent) {
		String words = text.words();
		Complaint complaint = HistoryWords.find(words + ' ' + text.code());
		if (complaint == Complaint.ROLE_ORDER && !new HistoryCorrection.TakingTurns().changes(sent)) {
			// The roles are in order, so it is something else.
			return null;
		}
		if (complaint != null) {
			return new HistoryRefusal(correction(complaint, words, sent));
		}
		return DENIAL.matcher(words).find() ? ofMember(words + ' ' + text.param(), sent) : null;
	}

	/**
	 * Looks for words about thoughts that no table knows.
	 * @param text what the provider wrote
	 * @param sent the request
	 * @return what they mean, {@code null} if the provider refuses something else
	 */
	static @Nullable HistoryRefusal ofThoughts(RefusalText text, SentRequest sent) {
		String words = text.words() + ' ' + text.param();
		Correction without = new HistoryCorrection.WithoutThoughts();
		boolean about = HistoryWords.aboutThoughts(words);
		if (about && without.changes(sent)) {
			return new HistoryRefusal(without);
		}
		boolean again = about && sent.withoutThoughts();
		return (again || HistoryWords.aboutMembersOfThoughts(words)) ? new HistoryRefusal(null) : null;
	}

	private static @Nullable Correction correction(Complaint complaint, String words, SentRequest sent) {
		switch (complaint) {
			case THOUGHT_REFUSED -> {
				return new HistoryCorrection.WithoutThoughts();
			}
			case SIGNATURE_MISSING -> {
				return new HistoryCorrection.FilledSignatures();
			}
			case ROLE_ORDER -> {
				return new HistoryCorrection.TakingTurns();
			}
			default -> {
				Correction filled = new HistoryCorrection.FilledThoughts();
				boolean fits = words.contains("reasoning_content") && filled.changes(sent);
				return fits ? filled : new HistoryCorrection.ThinkingOff();
			}
		}
	}

	private static @Nullable HistoryRefusal ofMember(String words, SentRequest sent) {
		for (String name : History.members(sent.body())) {
			if (mentions(words, name)) {
				return new HistoryRefusal(new HistoryCorrection.WithoutMember(name));
			}
		}
		return null;
	}

	/** Whether it is there, and no part of a longer name. */
	private static boolean mentions(String words, String name) {
		for (int at = words.indexOf(name); at >= 0; at = words.indexOf(name, at + 1)) {
			int end = at + name.length();
			if ((at == 0 || !ofName(words.charAt(at - 1))) && (end == words.length() || !ofName(words.charAt(end)))) {
				return true;
			}
		}
		return false;
	}

	private static boolean ofName(char character) {
		return character == '_' || (character < 128 && Character.isLetterOrDigit(character));
	}

}
