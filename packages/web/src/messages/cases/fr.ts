import type { Translation } from "../frame/en.ts";
import type { cases as en } from "./en.ts";

export const cases: Translation<typeof en> = {
  "cases.title": "Dossiers",
  "cases.empty.title": "Aucun dossier n’est conservé dans ce navigateur.",
  "cases.empty.next":
    "Commencez-en un, lisez un projet qui en deviendra le texte, ou ouvrez un exemple ci-dessous. Tout reste sur cet appareil.",
  "cases.new": "Nouveau dossier",
  "cases.example": "Exemples",
  "cases.facts": "FAITS RAPPORTÉS",
  "cases.delete": "Retirer de ce navigateur",
  "cases.delete.ask": "Retirer « {title} » de ce navigateur ?",
  "cases.delete.loses":
    "Son registre et ses clés ne sont conservés nulle part ailleurs, sauf si vous les avez exportés. C’est irréversible.",
  "new.title": "Nouveau dossier",
  "new.denied": "Ce compte n’ouvre pas de dossiers.",
  "new.denied.next":
    "Demandez à qui tient le serveur un lien qui le permet. Dans ce navigateur, sans le serveur, vous pouvez en ouvrir autant que vous voulez.",
  "new.around": "Son texte sera le projet qui vient d’être lu : {title}.",
  "new.name": "L’objet du dossier",
  "new.exercise": "Un exercice entre parties fictives",
  "new.exercise.held":
    "Chaque page et chaque fichier dit EXERCICE. Vous détenez les clés de tous les sièges et pouvez agir pour chacun à tour de rôle.",
  "new.real.held":
    "Vous agissez seulement pour la première partie. Servez-vous-en pour préparer seul : les autres sièges restent vides.",
  "new.parties": "Parties",
  "new.parties.first": "La première ouvre le dossier.",
  "new.party.name": "Nom de la partie {number}",
  "new.party.kind": "Siège de la partie {number}",
  "new.party.add": "Ajouter une partie",
  "new.you": "Votre nom",
  "new.office": "Votre fonction",
  "new.open": "Ouvrir le dossier",
  "new.lacks.title": "Dites l’objet du dossier.",
  "new.lacks.names": "Donnez à chaque partie un nom qui lui soit propre.",
  "new.lacks.you": "Donnez votre nom : le registre dit qui a ouvert le dossier.",
  "draft.title": "Lire un projet",
  "draft.what":
    "Un projet en Word, Markdown ou texte brut, tel quel : crochets, options et notes sont lus ; ce qui ne convient pas est réparé, et chaque réparation est montrée.",
  "draft.choose": "Choisir un fichier",
  "draft.drop": "ou déposez-le ici",
  "draft.paste": "Ou collez le texte",
  "draft.read": "Lire",
  "draft.flag": "À confirmer : {number} sur {total}",
  "draft.flag.bracket-added": "Ce crochet n’était pas fermé. Il a été fermé à la fin de son alinéa.",
  "draft.flag.bracket-removed": "Ce crochet fermant n’a pas d’ouvrant. Il a été omis.",
  "draft.flag.mark-closed": "Cette marque n’était pas fermée. Elle a été fermée à la fin de son alinéa.",
  "draft.flag.note-missing": "La note {note} ne se trouve nulle part. Une note vide a été faite.",
  "draft.flag.level-limited": "Le niveau « {level} » a été ramené entre {least} et {most}.",
  "draft.flag.escapes-read":
    "Tous les crochets sont ici précédés d’une barre oblique inverse, comme les convertisseurs les écrivent. Ils ont été lus comme des crochets.",
  "draft.flag.part-left-out":
    "Un document d’un autre format, un graphique ou un schéma inséré ici n’est pas lu. Il a été omis.",
  "draft.flag.optional-apart":
    "Lu comme un texte facultatif, séparé de son voisin. Est-ce bien cela, ou sont-ce deux variantes d’un même crochet ?",
  "draft.flag.optional-status":
    "Lu comme un texte facultatif, bien qu’il puisse indiquer l’état du texte. Est-ce bien cela ?",
  "draft.flag.alternatives-loose":
    "Lus comme les variantes d’un même crochet, bien que seule une espace ou une barre oblique les sépare. Est-ce bien cela ?",
  "draft.flags.done": "Il ne reste rien à confirmer.",
  "draft.flag.place": "Ligne {line}, colonne {column}",
  "draft.flag.asRead": "Tel que lu",
  "draft.flag.correct": "Corriger la source",
  "draft.source": "Source du projet",
  "draft.readAgain": "Relire",
  "draft.other": "Un autre projet",
  "draft.toCase": "Ouvrir un dossier avec ce texte",
  "draft.bring": "En faire le texte de ce dossier",
  "draft.language": "Langue du texte, par un code tel que fr",
  "draft.consulted": "Les parties concernées reçoivent aussi le texte",
  "draft.consulted.what":
    "C’est ainsi seulement qu’elles peuvent être consultées et accepter ce qui les concerne. Tant que le texte est ouvert, il ne peut leur être donné plus tard.",
  "draft.concerns": "Parties concernées que cette clause ne lie que si elles l’acceptent",
  "draft.concerns.what": "Leurs noms, séparés par des points-virgules.",
  "cases.none.title": "Aucun dossier n’est remis à cette session.",
  "cases.none.next": "Ouvrez un lien d’invitation, ou demandez à qui tient le serveur.",
  "new.server.held":
    "Le registre est tenu par ce serveur. Vous agissez pour la première partie ; les autres prennent place par les invitations que vous ferez depuis la vue d’ensemble.",
};
