import type { Translation } from "../frame/en.ts";
import type { refusals as english } from "./en.ts";

export const refusals: Translation<typeof english> = {
  "refusal.exactly": "Constat exact :",
  "refusal.accepted-binds": "Votre partie a accepté la clause {clause}. Ce qui est accepté lie.",
  "refusal.already-done": "C’est déjà fait. Regardez la page telle qu’elle est maintenant.",
  "refusal.already-open": "Il y en a déjà un sous ce nom. Choisissez un autre nom.",
  "refusal.answer-final": "Votre partie a répondu. Une réponse est définitive.",
  "refusal.answers-closed": "Les réponses à ce paquet ne sont plus reçues.",
  "refusal.bad-body": "Quelque chose ici n’est pas tel que l’acte l’exige.",
  "refusal.bad-fence": "Une partie mise à part dans la source n’est pas ouverte ou fermée comme il faut.",
  "refusal.bad-file": "Ce fichier ne tient pas comme registre. Il n’a pas été ouvert.",
  "refusal.bad-header": "Les lignes en tête de la source ne peuvent être lues.",
  "refusal.bad-id": "Un identifiant du texte n’a pas la forme requise.",
  "refusal.bad-invitation":
    "Cette invitation ne tient pas : elle a servi, a été retirée, ou vaut pour un autre siège ou un autre rôle. Demandez-en une autre.",
  "refusal.bad-kit": "Le kit ne s’ouvre pas avec cette phrase secrète, ou il est abîmé.",
  "refusal.bad-link": "Ce lien n’ouvre pas de compte.",
  "refusal.bad-preferences": "Ce fichier ne se lit pas comme les préférences de votre partie pour ce texte.",
  "refusal.bad-proof": "Ceci ne prouve pas que l’appareil détient une clé de ce dossier.",
  "refusal.bad-request": "Le serveur n’a pas compris ce qui a été envoyé.",
  "refusal.bad-signature": "Une signature n’est pas valable. Rien n’a été consigné.",
  "refusal.bracket-agreed": "Le crochet {bracket} est convenu ad referendum. Rouvrez-le d’abord.",
  "refusal.bracket-nested":
    "Le crochet {bracket} se trouve dans une variante du crochet {within} qui n’est pas choisie. Choisissez d’abord cette variante.",
  "refusal.bracket-on-table":
    "Une proposition portant sur {bracket} attend des réponses. Agissez quand elles seront là.",
  "refusal.case-mismatch": "Ceci appartient à un autre dossier.",
  "refusal.consents-missing":
    "Le dépositaire change du consentement de toutes les parties principales. Il manque : {parties}.",
  "refusal.contact-changed":
    "Ce contact a été modifié entre-temps. Relisez-le, puis acceptez-le tel qu’il est.",
  "refusal.contact-parties": "Un contact a au moins deux parties, chacune nommée une seule fois.",
  "refusal.contact-times": "Un contact finit après avoir commencé.",
  "refusal.demo-key":
    "Cette clé est publiée pour la démonstration et ne sert que dans les dossiers de démonstration.",
  "refusal.device-not-proven": "Ce compte n’a pas prouvé qu’il détient l’appareil qui a signé.",
  "refusal.device-revoked": "Cet appareil a été révoqué. Servez-vous d’un autre appareil de votre siège.",
  "refusal.duplicate-id": "Deux parties du texte ont le même identifiant.",
  "refusal.exercise-unmarked": "Le texte d’un exercice le dit dans son en-tête. Mettez-y « {code} ».",
  "refusal.forbidden": "Votre compte ne peut pas faire cela. Adressez-vous à qui tient le serveur.",
  "refusal.foreign-origin": "Le serveur ne reçoit pas de requêtes d’autres sites.",
  "refusal.full-powers":
    "Indiquez les pleins pouvoirs si la signature repose sur eux. Les chefs d’État ou de gouvernement et les ministres des affaires étrangères n’en ont pas besoin.",
  "refusal.head-went-back": "Cet appareil avait déjà vérifié un état plus récent du registre.",
  "refusal.id-taken": "Le texte a déjà une partie sous cet identifiant.",
  "refusal.idempotency-key-reused": "Ceci a déjà été envoyé avec un autre contenu. Recommencez.",
  "refusal.internal":
    "Le serveur a connu une défaillance ; son journal en dit la cause. Réessayez plus tard.",
  "refusal.invitation-ended": "Cette invitation a expiré. Demandez-en une autre.",
  "refusal.invitation-past": "L’invitation finirait avant de commencer. Choisissez une fin plus tardive.",
  "refusal.language-not-filed": "Aucun texte n’a été déposé en {language}. Déposez-le d’abord.",
  "refusal.last-head":
    "Une délégation a un chef et un seul. Donnez d’abord le rôle de chef à un autre membre.",
  "refusal.link-not-valid": "Ce lien n’est pas valable : il a servi, a expiré ou n’a jamais été donné.",
  "refusal.longest-wait":
    "Les modalités laissent un paquet en attente {days, plural, one {# jour} other {# jours}} au plus.",
  "refusal.method-not-allowed": "Le serveur ne reçoit pas ce type de requête.",
  "refusal.no-device": "Aucun appareil de ce dossier n’est conservé dans ce navigateur.",
  "refusal.not-a-member": "Cet appareil, ou qui le tient, n’appartient à aucune délégation de ce dossier.",
  "refusal.not-agreed": "Toutes les parties n’en sont pas encore convenues.",
  "refusal.not-akoma-ntoso": "Ce fichier n’est pas de l’Akoma Ntoso.",
  "refusal.not-confirmed": "Toutes les capitales n’ont pas confirmé ce qui est convenu.",
  "refusal.not-consented": "Les parties principales n’y ont pas encore toutes consenti.",
  "refusal.not-found": "Ce à quoi ceci renvoie n’est pas ici, ou n’est pas donné à votre siège.",
  "refusal.not-given": "Ce dossier ne vous est pas donné.",
  "refusal.not-yet-checked": "Rien ne se fait ici avant que ce navigateur ait vérifié tout le registre.",
  "refusal.not-in-audience": "Votre siège n’est pas de ceux à qui cela s’adresse.",
  "refusal.not-keeper": "Rien ne peut être ajouté ici : ce serveur n’est pas le dépositaire du dossier.",
  "refusal.not-received": "Aucun de vos appareils ne l’a encore reçue : il ne peut en être accusé réception.",
  "refusal.not-signed-in": "Connectez-vous d’abord.",
  "refusal.not-text":
    "Ce fichier n’est pas du texte. Un document Word (.docx), du Markdown ou du texte brut en UTF-8 se lit. Enregistrez-le sous l’une de ces formes.",
  "refusal.not-undertaken": "La partie à qui revient cette mesure ne s’y est pas encore engagée.",
  "refusal.not-word": "Ceci n’est pas un document Word, ou il est tronqué.",
  "refusal.not-yours": "Cela revient à une autre partie ou à une autre personne.",
  "refusal.offline": "Le serveur est hors d’atteinte. Rien n’a été envoyé.",
  "refusal.openid-failed": "La connexion par votre fournisseur a échoué. Recommencez.",
  "refusal.openid-off": "Ce serveur n’a pas de fournisseur de connexion.",
  "refusal.openid-other-account": "Cette identité du fournisseur appartient à un autre compte.",
  "refusal.openid-unknown-account": "Aucun compte n’est relié ici à cette identité du fournisseur.",
  "refusal.other-window": "Une autre fenêtre a consigné quelque chose avant. Rouvrez le dossier.",
  "refusal.package-empty": "Un paquet règle au moins un crochet.",
  "refusal.party-not-given":
    "{seat} ne recevrait pas ceci. Choisissez un cercle plus large de destinataires, ou retirez cette partie.",
  "refusal.passkey-not-given": "Aucune clé d’accès n’a été donnée. Rien n’a été envoyé.",
  "refusal.passkey-not-valid": "Cette clé d’accès n’a pas été reçue. Recommencez.",
  "refusal.power-missing": "Votre partie n’a pas le pouvoir que cela requiert.",
  "refusal.read-only": "Ceci est un fichier : on le lit ici, et rien n’y est ajouté.",
  "refusal.recovery-only":
    "Un appareil de secours ajoute et révoque des appareils et garde le siège, rien d’autre.",
  "refusal.refused": "Le serveur n’a pas reçu ceci.",
  "refusal.seat-needed": "Vos appareils sont dans plusieurs sièges. Choisissez-en d’abord un.",
  "refusal.seat-taken": "Le siège {seat} est pris. Seule sa partie nomme désormais ses membres.",
  "refusal.second-officer": "Qui envoie ne vérifie pas. Un second officier vérifie.",
  "refusal.session-header-missing": "La session n’est pas indiquée. Rouvrez la page.",
  "refusal.shared-head-missing": "Un cercle repose sur un dossier ouvert.",
  "refusal.shared-head-went-back":
    "L’état du registre sur lequel ceci est signé est antérieur à celui sur lequel le cercle repose.",
  "refusal.source-needed": "Qui consigne indique la source de tout ce qu’il consigne.",
  "refusal.stale-consent":
    "Le gardien a changé depuis que ce consentement a été signé. Tous consentent à nouveau.",
  "refusal.stale-amendment":
    "Un autre amendement a changé le même endroit depuis que celui-ci est proposé. Proposez-le de nouveau.",
  "refusal.stale-recipients":
    "Les appareils des destinataires ont changé depuis que ceci a été scellé. Scellez-le de nouveau.",
  "refusal.stale-revision":
    "Le texte a changé entre-temps. Relisez-le, puis agissez sur la révision actuelle.",
  "refusal.step-up-needed": "Ceci lie une partie. Prouvez encore une fois que c’est vous.",
  "refusal.step-up-unavailable":
    "Ce compte n’a pas de clé d’accès. Ajoutez-en une sur la page de votre compte, ou passez par votre fournisseur.",
  "refusal.still-open": "Rien n’est convenu tant que tout n’est pas convenu. Encore ouverts : {brackets}.",
  "refusal.stopping": "Le serveur va s’arrêter. Renvoyez la même chose sous peu.",
  "refusal.storage-busy": "La mémoire du serveur est occupée. Renvoyez la même chose sous peu.",
  "refusal.storage-failed": "Le serveur n’a pas pu écrire. Rien n’a été consigné.",
  "refusal.storage-full": "Le serveur n’a plus de place. Rien n’a été consigné.",
  "refusal.storage-unavailable": "Le serveur n’atteint pas sa mémoire. Réessayez plus tard.",
  "refusal.time-went-back":
    "L’horloge du dépositaire retarde sur le registre. Prévenez qui tient le serveur.",
  "refusal.too-deep": "Les crochets de ce texte sont trop imbriqués.",
  "refusal.too-early": "Le moment n’en est pas venu.",
  "refusal.too-few-alternatives":
    "Un crochet garde au moins deux variantes. Pour n’en laisser qu’une, convenez-en.",
  "refusal.too-large": "Ceci dépasse la taille reçue ici.",
  "refusal.too-late": "Le moment en est passé.",
  "refusal.too-many-brackets": "Ce texte a plus de crochets qu’il n’en est reçu.",
  "refusal.too-many-devices":
    "Un membre a au plus {count, plural, one {# appareil} other {# appareils}}. Révoquez-en un d’abord.",
  "refusal.too-many-requests": "Trop a été demandé au serveur en peu de temps. Réessayez dans une minute.",
  "refusal.too-many-streams":
    "Le serveur suit autant de pages ouvertes qu’il le peut. Fermez-en et réessayez.",
  "refusal.unknown-bracket": "Le crochet n’est plus dans le texte.",
  "refusal.unknown-clause": "La clause n’est plus dans le texte.",
  "refusal.unknown-device": "Aucun appareil de ce dossier n’a signé ceci.",
  "refusal.unknown-head": "Ceci est signé sur un état que le registre n’a jamais eu.",
  "refusal.unknown-kind":
    "Ce type d’acte n’est pas connu ici. Le dossier est peut-être d’une version plus récente.",
  "refusal.unknown-option":
    "La variante n’est pas dans le texte, ou ne peut être choisie tant qu’elle est ouverte.",
  "refusal.unknown-shared-head": "Ceci est signé sur un état que le registre n’a jamais eu.",
  "refusal.unknown-version": "Ceci vient d’une version qui n’est pas connue ici.",
  "refusal.unsafe-file": "Ce fichier contient des parties qui, par sécurité, ne sont pas lues.",
  "refusal.unsent": "Ce que vous avez signé avant attend encore la liaison avec le serveur.",
  "refusal.solver-ended":
    "Le navigateur n’a pas démarré le solveur, ou l’a arrêté, faute de mémoire par exemple. Fermez ce qui ne sert pas et calculez de nouveau.",
  "refusal.solver-fault":
    "Le solveur a rencontré une faute de son fait et n’a pas donné de réponse ; rien n’est montré, car rien n’est prouvé. Calculez de nouveau, et signalez-le si cela revient.",
  "refusal.words-not-found": "Ces mots ne sont plus dans la clause, ou sont composés de plusieurs façons.",
  "refusal.wrong-audience": "Ceci ne peut être dit à ces lecteurs.",
  "refusal.wrong-case": "Ceci appartient à un autre dossier.",
  "refusal.wrong-count": "Un autre acte de cet appareil a été consigné avant. Recommencez.",
  "refusal.wrong-device-keys": "Les clés de l’appareil ne vont pas avec son identifiant.",
  "refusal.wrong-log": "Ceci appartient à une autre partie du registre.",
  "refusal.wrong-opening": "Ce qui ouvre le registre ne correspond pas à son nom.",
  "refusal.wrong-phase": "Ceci n’a pas sa place au stade actuel.",
  "refusal.wrong-role": "Cela revient à un autre rôle dans la délégation.",
  "refusal.wrong-seat": "Cela ne revient pas à votre siège.",
  "refusal.wrong-text": "Aucun de ces textes n’est celui qui est convenu.",
};
