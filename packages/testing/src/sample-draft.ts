/** A small draft with every kind of bracket that the rules of a case tell apart, in canonical Markdown. */
import { parseMarkdown, renderMarkdown } from "@parley/text";

const source = `---
format: parley-draft/1
title: Framework on first measures
exercise: true
---

# Framework on first measures {#title}

1. The parties [shall]{=shall}/[should]{=should #force} keep their embassies open. {#embassies}

2. They halt strikes on [energy facilities]{=energy}/[energy facilities [and ports]{#ports}]{=wider #scope}. {#halt}

3. The halt extends to Cassa upon its acceptance. {#extension concerns="cassa"}

4. They [agree to meet again]{#again}. {#meeting}
`;

export const sampleDraft: string = renderMarkdown(parseMarkdown(source).draft);
